import { Label, Select, Text } from '@medusajs/ui';
import { useId } from 'react';
import { Link } from 'react-router-dom';
import type { TwitterAccountView } from '../../../types/http';
import type { Texts } from '../../i18n/texts';
import { useTexts } from '../../i18n/use-texts';

interface AccountFieldProps {
  accounts: TwitterAccountView[];
  value: string;
  /** The account that was chosen before is not connected here any more. */
  isGone?: boolean;
  onChange: (id: string) => void;
}

function nameOf({ t }: Texts, { profile, status }: TwitterAccountView): string {
  const name = profile ? `@${profile.username}` : t('accounts.unnamed');
  return status === 'connected'
    ? name
    : t('composer.account.withStatus', { name, status: t(`status.account.${status}`) });
}

/** The account that a post is published to. */
export function AccountField({ accounts, value, isGone = false, onChange }: AccountFieldProps) {
  const texts = useTexts();
  const { t } = texts;
  const id = useId();
  if (accounts.length === 0) {
    return (
      <Text size="small">
        {t('composer.account.none')}{' '}
        <Link className="underline" to="/twitter/accounts">
          {t('composer.account.connectFirst')}
        </Link>
      </Text>
    );
  }
  return (
    <div className="flex flex-col gap-y-2">
      <Label size="small" weight="plus" htmlFor={id}>
        {t('composer.account.label')}
      </Label>
      <Select value={value} onValueChange={onChange}>
        <Select.Trigger id={id} aria-invalid={isGone} aria-describedby={`${id}-gone`}>
          <Select.Value placeholder={t('composer.account.choose')} />
        </Select.Trigger>
        <Select.Content>
          {accounts.map((account) => (
            <Select.Item key={account.id} value={account.id}>
              {nameOf(texts, account)}
            </Select.Item>
          ))}
        </Select.Content>
      </Select>
      {isGone && (
        <Text id={`${id}-gone`} size="small" role="alert" className="text-ui-fg-error">
          {t('composer.account.gone')}
        </Text>
      )}
    </div>
  );
}
