import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ProblemView, ValidationView } from '../../types/http';
import { api } from './api';
import { useDebounced } from './debounced';
import type { PostContent } from './draft';
import { keys } from './keys';

const TYPING_MS = 200;

/** What the server says of a post that is being written. A request that is out of date is cancelled. */
export function useValidation(content: PostContent) {
  // By its JSON, so that an equal content isn't a change.
  const written = useDebounced(JSON.stringify(content), TYPING_MS);
  const query = useQuery({
    queryKey: keys.validation(written),
    queryFn: ({ signal }) =>
      api<{ validation: ValidationView }>('/admin/twitter/posts/validate', {
        method: 'POST',
        body: JSON.parse(written),
        signal,
      }),
    select: ({ validation }) => validation,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const isCurrent = written === JSON.stringify(content) && !query.isPlaceholderData && query.isSuccess;
  return { validation: query.data, isCurrent, error: query.error };
}

/** That something has to be written is plain from an empty field, so it is not shown as a problem there. */
export const isEmptiness = ({ code }: ProblemView) => code === 'text_empty';

/** The problems of one part, by where they are shown. */
export interface PartProblems {
  caption: ProblemView[];
  /** Of the media as a whole. */
  media: ProblemView[];
  /** Of each medium that was sent. */
  medium: (index: number) => ProblemView[];
  poll: ProblemView[];
  other: ProblemView[];
}

/** Sorts the problems of a part by the field that they name. */
export function sortProblems(problems: ProblemView[]): PartProblems {
  const caption = problems.filter(({ field }) => field === 'text' || field === 'caption');
  const poll = problems.filter(({ field }) => field.startsWith('poll'));
  const aboutMedia = problems.filter(({ field }) => field.startsWith('media'));
  const indexOf = ({ field }: ProblemView) => /^media(?:_attachments)?\[(\d+)\]/.exec(field)?.[1];
  return {
    caption,
    poll,
    media: aboutMedia.filter((problem) => indexOf(problem) === undefined),
    medium: (index) => aboutMedia.filter((problem) => indexOf(problem) === String(index)),
    other: problems.filter((problem) => ![...caption, ...poll, ...aboutMedia].includes(problem)),
  };
}
