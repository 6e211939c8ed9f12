import { Container, Skeleton } from '@medusajs/ui';
import { useTexts } from '../i18n/use-texts';

/** Shown in place of a page that is still being read. */
export function PageSkeleton() {
  const { t } = useTexts();
  return (
    <Container aria-busy="true" aria-label={t('common.loading')} className="flex flex-col gap-y-4 p-6">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-24 w-full" />
      <Skeleton className="h-24 w-full" />
    </Container>
  );
}
