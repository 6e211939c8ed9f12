import { toast } from '@medusajs/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { ProblemView, TwitterPostView } from '../../../types/http';
import { ApiError, messageOf } from '../../lib/api';
import { type Draft, draftOf, inputOf, newDraft } from '../../lib/draft';
import { formatDateTime } from '../../lib/format';
import { keys } from '../../lib/keys';
import { fetchPost, usePublishPost, useSavePost } from '../../lib/posts';
import { useLeaveGuard } from '../../lib/use-leave-guard';

const CONFLICT = 409;

/** Why the server did not publish a post. */
export interface Refusal {
  status: number;
  message: string;
  problems: ProblemView[];
}

const refusalOf = (error: unknown): Refusal => ({
  status: error instanceof ApiError ? error.status : 0,
  message: messageOf(error),
  problems: error instanceof ApiError ? error.problems : [],
});

/** A draft that is edited, and what can be done with it. */
export function useComposer(post: TwitterPostView | undefined) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => (post ? draftOf(post) : newDraft()));
  const [saved, setSaved] = useState(post && { id: post.id, revision: post.revision });
  const [conflict, setConflict] = useState<TwitterPostView | null>(null);
  const save = useSavePost();
  const publish = usePublishPost();

  const written = JSON.stringify(inputOf(draft, draft.scheduledAt));
  const clean = useRef(written);
  const latest = useRef(written);
  latest.current = written;
  useLeaveGuard(useCallback(() => latest.current !== clean.current, []));

  /** Stores the draft; gives nothing if it could not, and says why. */
  const store = async (accountId: string, scheduledAt: Date | null): Promise<TwitterPostView | null> => {
    try {
      const stored = await save.mutateAsync({ input: inputOf({ ...draft, accountId }, scheduledAt), saved });
      client.setQueryData(keys.post(stored.id), stored);
      setSaved({ id: stored.id, revision: stored.revision });
      const next = { ...draft, scheduledAt };
      setDraft(next);
      setConflict(null);
      clean.current = JSON.stringify(inputOf(next, scheduledAt));
      return stored;
    } catch (error) {
      if (saved && error instanceof ApiError && error.status === CONFLICT) setConflict(await fetchPost(saved.id));
      else toast.error('The post was not saved', { description: messageOf(error) });
      return null;
    }
  };

  const onSave = async (accountId: string, scheduledAt: Date | null) => {
    const stored = await store(accountId, scheduledAt);
    if (!stored) return;
    const draftSaved = draft.scheduledAt ? 'The draft is saved, without a time' : 'The draft is saved';
    toast.success(scheduledAt ? `The post goes out at ${formatDateTime(scheduledAt)}` : draftSaved);
    if (scheduledAt) navigate(`/twitter/posts/${stored.id}`);
    else if (!saved) navigate(`/twitter/posts/${stored.id}/edit`, { replace: true });
  };

  const onPublish = async (accountId: string) => {
    const stored = await store(accountId, null);
    if (!stored) return;
    try {
      await publish.mutateAsync(stored);
      navigate(`/twitter/posts/${stored.id}`);
    } catch (error) {
      navigate(`/twitter/posts/${stored.id}/edit`, { replace: true, state: { refusal: refusalOf(error) } });
    }
  };

  const onTakeTheirs = (theirs: TwitterPostView) => {
    const next = draftOf(theirs);
    setDraft(next);
    setSaved({ id: theirs.id, revision: theirs.revision });
    clean.current = JSON.stringify(inputOf(next, next.scheduledAt));
    setConflict(null);
  };

  const onKeepMine = (theirs: TwitterPostView) => {
    setSaved({ id: theirs.id, revision: theirs.revision });
    setConflict(null);
  };

  const isBusy = save.isPending || publish.isPending;
  return { draft, setDraft, conflict, isBusy, onSave, onPublish, onTakeTheirs, onKeepMine };
}
