import { Input, Label, RadioGroup, Text } from '@medusajs/ui';
import { useId, useState } from 'react';
import { useTexts } from '../../i18n/use-texts';
import { tweetAddress, tweetIdOf } from '../../lib/tweet-id';
import { ConfirmButton } from '../confirm-button';
import { ExternalLink } from '../external-link';

interface ClaimFormProps {
  /** Ids of posts that could be it. */
  candidates: string[];
  username: string | undefined;
  isBusy: boolean;
  onClaim: (tweetId: string) => void;
}

/** Takes which post on X it is: one of the candidates, or a pasted id or address. */
export function ClaimForm({ candidates, username, isBusy, onClaim }: ClaimFormProps) {
  const { t } = useTexts();
  const id = useId();
  const [chosen, setChosen] = useState('');
  const [pasted, setPasted] = useState('');
  const tweetId = pasted ? tweetIdOf(pasted) : chosen || null;
  const isWrong = pasted !== '' && tweetId === null;
  return (
    <div className="flex flex-col gap-y-4 px-6 py-4">
      <Text size="small" className="text-ui-fg-subtle">
        {t('post.unknown.youSeeIt')}
      </Text>
      {candidates.length > 0 && (
        <RadioGroup aria-label={t('post.unknown.candidates')} value={chosen} onValueChange={setChosen}>
          {candidates.map((candidate) => (
            <div key={candidate} className="flex items-center gap-x-3">
              <RadioGroup.Item value={candidate} id={`${id}-${candidate}`} />
              <Label size="small" htmlFor={`${id}-${candidate}`}>
                {candidate}
              </Label>
              <ExternalLink href={tweetAddress(candidate, username)}>{t('post.unknown.open')}</ExternalLink>
            </div>
          ))}
        </RadioGroup>
      )}
      <div className="flex items-end gap-x-2">
        <div className="flex flex-1 flex-col gap-y-1.5">
          <Label size="xsmall" htmlFor={`${id}-pasted`}>
            {t('post.unknown.idOrLink')}
          </Label>
          <Input
            id={`${id}-pasted`}
            placeholder={tweetAddress('…', username)}
            value={pasted}
            aria-invalid={isWrong}
            onChange={({ target }) => setPasted(target.value)}
          />
        </div>
        <ConfirmButton
          size="base"
          title={t('post.unknown.claimTitle')}
          description={t('post.unknown.claimMeaning', { id: tweetId ?? '' })}
          confirm={t('post.unknown.isOnX')}
          disabled={tweetId === null || isBusy}
          onConfirm={() => tweetId && onClaim(tweetId)}
        >
          {t('post.unknown.isOnX')}
        </ConfirmButton>
      </div>
      {isWrong && (
        <Text size="small" className="text-ui-fg-error">
          {t('post.unknown.wrongId')}
        </Text>
      )}
    </div>
  );
}
