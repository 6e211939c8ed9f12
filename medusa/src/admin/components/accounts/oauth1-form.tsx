import { Button, Input, Label, Text, toast } from '@medusajs/ui';
import { type FormEvent, useId, useState } from 'react';
import type { TwitterAccountView } from '../../../types/http';
import type { Texts } from '../../i18n/texts';
import { useTexts } from '../../i18n/use-texts';
import { useSaveOauth1 } from '../../lib/accounts';
import { ApiError } from '../../lib/api';
import { errorInWords, problemInWords, type ServerMessage } from '../../lib/server-messages';
import { MessageList } from '../problem-list';

/** Why the tokens were not saved, for the fields that they were typed into. */
function messagesOf(texts: Texts, error: unknown): ServerMessage[] {
  if (!error) return [];
  const problems = error instanceof ApiError ? error.problems : [];
  return problems.length > 0 ? problems.map((problem) => problemInWords(texts, problem)) : [errorInWords(texts, error)];
}

/** Takes tokens from X's developer portal. */
export function Oauth1Form({ account, onSaved }: { account?: TwitterAccountView; onSaved: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const id = useId();
  const [token, setToken] = useState('');
  const [secret, setSecret] = useState('');
  const save = useSaveOauth1();
  const messages = messagesOf(texts, save.error);
  const field = { 'aria-invalid': messages.length > 0, 'aria-describedby': `${id}-problems` };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const tokens = { access_token: token.trim(), access_token_secret: secret.trim() };
    save.mutate(
      { accountId: account?.id, tokens },
      {
        onSuccess: () => {
          toast.success(t('accounts.oauth1.saved'));
          onSaved();
        },
      },
    );
  };
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-y-4 border-t pt-8">
      <div>
        <Text size="small" weight="plus">
          {t('accounts.oauth1.enter')}
        </Text>
        <Text size="small" className="text-ui-fg-subtle">
          {t('accounts.oauth1.enterHelp')}
        </Text>
      </div>
      <div className="flex flex-col gap-y-2">
        <Label size="small" htmlFor={`${id}-token`}>
          {t('accounts.oauth1.token')}
        </Label>
        <Input
          {...field}
          id={`${id}-token`}
          autoComplete="off"
          value={token}
          onChange={({ target }) => setToken(target.value)}
        />
      </div>
      <div className="flex flex-col gap-y-2">
        <Label size="small" htmlFor={`${id}-secret`}>
          {t('accounts.oauth1.secret')}
        </Label>
        <Input
          {...field}
          id={`${id}-secret`}
          type="password"
          autoComplete="off"
          value={secret}
          onChange={({ target }) => setSecret(target.value)}
        />
      </div>
      <MessageList id={`${id}-problems`} messages={messages} />
      <Button
        type="submit"
        size="small"
        variant="secondary"
        className="self-start"
        disabled={token.trim() === '' || secret.trim() === ''}
        isLoading={save.isPending}
      >
        {t('accounts.oauth1.save')}
      </Button>
    </form>
  );
}
