import { usePrompt } from '@medusajs/ui';
import { useEffect } from 'react';
import { useBlocker } from 'react-router-dom';
import { useTexts } from '../i18n/use-texts';

/** Asks before a page with unsaved changes is left. */
export function useLeaveGuard(shouldAsk: () => boolean) {
  const { t } = useTexts();
  const ask = usePrompt();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && shouldAsk(),
  );

  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    void ask({
      title: t('composer.leave.title'),
      description: t('composer.leave.explanation'),
      confirmText: t('composer.leave.leave'),
      cancelText: t('composer.leave.stay'),
    }).then((leave) => (leave ? blocker.proceed() : blocker.reset()));
  }, [blocker, ask, t]);

  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => {
      if (shouldAsk()) event.preventDefault();
    };
    window.addEventListener('beforeunload', onUnload);
    return () => window.removeEventListener('beforeunload', onUnload);
  }, [shouldAsk]);
}
