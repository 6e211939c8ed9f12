import { toast } from '@medusajs/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { TwitterPostView } from '../../../types/http';
import type { Texts } from '../../i18n/texts';
import { useTexts } from '../../i18n/use-texts';
import { ApiError } from '../../lib/api';
import { type Draft, draftOf, inputOf, newDraft } from '../../lib/draft';
import { isPast } from '../../lib/hindrance';
import { keys } from '../../lib/keys';
import { useOneAtATime } from '../../lib/one-at-a-time';
import { fetchPost, type Saved, usePublishPost, useSavePost } from '../../lib/posts';
import { newRequestKey } from '../../lib/request-key';
import { errorInWords, messageOf, problemInWords, type ServerMessage } from '../../lib/server-messages';
import { isEditable } from '../../lib/statuses';
import { useLeaveGuard } from '../../lib/use-leave-guard';

const CONFLICT = 409;
const isConflict = (error: unknown) => error instanceof ApiError && error.status === CONFLICT;

/** Why the server did not publish a post. */
export interface Refusal {
  status: number;
  messages: ServerMessage[];
}

function refusalOf(texts: Texts, error: unknown): Refusal {
  const { status, problems } = error instanceof ApiError ? error : { status: 0, problems: [] };
  const messages =
    problems.length > 0 ? problems.map((problem) => problemInWords(texts, problem)) : [errorInWords(texts, error)];
  return { status, messages };
}

/** Whether a post is on its way though publishing it failed: an answer was lost, or a job was faster. */
async function hasLeft(stored: TwitterPostView, error: unknown): Promise<boolean> {
  if (error instanceof ApiError && error.status !== CONFLICT) return false;
  return !isEditable(await fetchPost(stored.id).catch(() => stored));
}

/** What of a draft is compared to know whether it has changes. */
const contentsOf = (draft: Draft) => JSON.stringify(inputOf(draft, 'draft'));

/** A draft that is edited, and what can be done with it: one thing at a time, and each once. */
export function useComposer(post: TwitterPostView | undefined) {
  const texts = useTexts();
  const { t, format } = texts;
  const navigate = useNavigate();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => (post ? draftOf(post) : newDraft()));
  const [saved, setSaved] = useState<Saved | undefined>(post);
  const [conflict, setConflict] = useState<TwitterPostView | null>(null);
  const [requestKey] = useState(newRequestKey);
  const save = useSavePost();
  const publish = usePublishPost();
  const { isBusy, run } = useOneAtATime();

  const written = contentsOf(draft);
  const clean = useRef(written);
  const latest = useRef(written);
  latest.current = written;
  useLeaveGuard(useCallback(() => latest.current !== clean.current, []));

  const keepAsClean = (next: Draft) => {
    setDraft(next);
    clean.current = contentsOf(next);
    // A page that is left before it is drawn again has no changes either.
    latest.current = clean.current;
  };

  /** Stores what is on the screen; gives nothing if it could not, and says why. */
  const store = async (next: Draft, status: 'draft' | 'scheduled'): Promise<TwitterPostView | null> => {
    try {
      const input = inputOf(next, status);
      const stored = await save.mutateAsync(saved ? { input, saved } : { input, key: requestKey });
      client.setQueryData(keys.post(stored.id), stored);
      setSaved(stored);
      setConflict(null);
      keepAsClean(next);
      return stored;
    } catch (error) {
      if (saved && isConflict(error)) setConflict(await fetchPost(saved.id));
      else toast.error(t('composer.saved.failed'), { description: messageOf(texts, error) });
      return null;
    }
  };

  const isScheduled = saved?.status === 'scheduled';

  const onSave = (accountId: string) =>
    run(async () => {
      const stored = await store({ ...draft, accountId }, isScheduled ? 'scheduled' : 'draft');
      if (!stored) return;
      if (isScheduled && draft.scheduledAt) {
        toast.success(t('composer.saved.scheduled', { time: format.dateTime(draft.scheduledAt) }));
      } else {
        const description = draft.scheduledAt ? t('composer.saved.draftWithTime') : undefined;
        toast.success(t('composer.saved.draft'), { description });
      }
      if (!saved) navigate(`/twitter/posts/${stored.id}/edit`, { replace: true });
    });

  const onSchedule = (accountId: string, scheduledAt: Date) =>
    run(async (leave) => {
      const stored = await store({ ...draft, accountId }, 'scheduled');
      if (!stored) return;
      toast.success(t('composer.saved.goesOut', { time: format.dateTime(scheduledAt) }));
      leave();
      navigate(`/twitter/posts/${stored.id}`);
    });

  const onUnschedule = (accountId: string) =>
    run(async () => {
      if (!(await store({ ...draft, accountId, scheduledAt: null }, 'draft'))) return;
      toast.success(t('composer.saved.unscheduled'));
    });

  const onPublish = (accountId: string) =>
    run(async (leave) => {
      const keepsTime = isScheduled && draft.scheduledAt !== null && !isPast(draft.scheduledAt);
      const stored = await store({ ...draft, accountId }, keepsTime ? 'scheduled' : 'draft');
      if (!stored) return;
      try {
        await publish.mutateAsync(stored);
      } catch (error) {
        if (!(await hasLeft(stored, error))) {
          navigate(`/twitter/posts/${stored.id}/edit`, { replace: true, state: { refusal: refusalOf(texts, error) } });
          return;
        }
      }
      leave();
      navigate(`/twitter/posts/${stored.id}`);
    });

  const onTakeTheirs = (theirs: TwitterPostView) => {
    keepAsClean(draftOf(theirs));
    setSaved(theirs);
    setConflict(null);
  };

  const onKeepMine = (theirs: TwitterPostView) => {
    setSaved(theirs);
    setConflict(null);
  };

  const deeds = { onSave, onSchedule, onUnschedule, onPublish, onTakeTheirs, onKeepMine };
  return { draft, setDraft, conflict, isBusy, isScheduled, ...deeds };
}
