import { Button, Input, Label, Text, toast } from '@medusajs/ui';
import { type FormEvent, useId, useState } from 'react';
import type { TwitterAccountView } from '../../../types/http';
import { useSaveOauth1 } from '../../lib/accounts';
import { ApiError, messageOf } from '../../lib/api';
import { ProblemList } from '../problem-list';

/** Why the tokens were not saved, for the fields that they were typed into. */
function problemsOf(error: unknown): { code: string; message: string }[] {
  if (!error) return [];
  const problems = error instanceof ApiError ? error.problems : [];
  return problems.length > 0 ? problems : [{ code: 'NOT_SAVED', message: messageOf(error) }];
}

/** Takes tokens from X's developer portal. */
export function Oauth1Form({ account, onSaved }: { account?: TwitterAccountView; onSaved: () => void }) {
  const id = useId();
  const [token, setToken] = useState('');
  const [secret, setSecret] = useState('');
  const save = useSaveOauth1();
  const problems = problemsOf(save.error);
  const field = { 'aria-invalid': problems.length > 0, 'aria-describedby': `${id}-problems` };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const tokens = { access_token: token.trim(), access_token_secret: secret.trim() };
    save.mutate(
      { accountId: account?.id, tokens },
      {
        onSuccess: () => {
          toast.success('The OAuth 1.0a tokens are saved');
          onSaved();
        },
      },
    );
  };
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-y-4 border-t pt-8">
      <div>
        <Text size="small" weight="plus">
          Or enter them
        </Text>
        <Text size="small" className="text-ui-fg-subtle">
          X's developer portal shows them under “Keys and tokens” for the account that owns the app.
        </Text>
      </div>
      <div className="flex flex-col gap-y-2">
        <Label size="small" htmlFor={`${id}-token`}>
          Access token
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
          Access token secret
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
      <ProblemList id={`${id}-problems`} problems={problems} />
      <Button
        type="submit"
        size="small"
        variant="secondary"
        className="self-start"
        disabled={token.trim() === '' || secret.trim() === ''}
        isLoading={save.isPending}
      >
        Save tokens
      </Button>
    </form>
  );
}
