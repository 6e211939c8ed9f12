import { Button, DataTable, useDataTable } from '@medusajs/ui';
import { useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import type { TwitterPostStatus } from '../../../types/http';
import type { Texts } from '../../i18n/texts';
import { useTexts } from '../../i18n/use-texts';
import { usePosts } from '../../lib/posts';
import { LoadError } from '../load-error';
import { SectionHeader } from '../section-header';
import { postColumnsOf } from './post-columns';
import { StatusFilter } from './status-filter';
import { SyncAllButton } from './sync-all-button';

const PAGE_SIZE = 20;

const emptyOf = ({ t }: Texts) => ({
  empty: { heading: t('posts.none'), description: t('posts.noneHelp') },
  filtered: { heading: t('posts.noMatch'), description: t('posts.noMatchHelp') },
});

const pagesOf = ({ t }: Texts) => ({
  of: t('posts.pages.of'),
  results: t('posts.pages.results'),
  pages: t('posts.pages.pages'),
  prev: t('posts.pages.previous'),
  next: t('posts.pages.next'),
});

/** All posts, the newest first. */
export function PostsTable() {
  const texts = useTexts();
  const { t } = texts;
  const columns = useMemo(() => postColumnsOf(texts), [texts]);
  const empty = emptyOf(texts);
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<TwitterPostStatus>();
  const [pagination, setPagination] = useState({ pageIndex: 0, pageSize: PAGE_SIZE });
  const { data, error, isPending, refetch } = usePosts({
    q: search,
    status,
    limit: pagination.pageSize,
    offset: pagination.pageIndex * pagination.pageSize,
  });
  const table = useDataTable({
    data: data?.posts ?? [],
    columns,
    rowCount: data?.count ?? 0,
    getRowId: ({ id }) => id,
    isLoading: isPending,
    search: { state: search, onSearchChange: setSearch },
    pagination: { state: pagination, onPaginationChange: setPagination },
    onRowClick: (_event, { id }) => navigate(`/twitter/posts/${id}`),
  });
  if (error) return <LoadError error={error} onRetry={() => void refetch()} />;
  return (
    <DataTable instance={table}>
      <SectionHeader level="h1" title={t('posts.title')}>
        <SyncAllButton />
        <Button size="small" asChild>
          <Link to="/twitter/compose">{t('posts.compose')}</Link>
        </Button>
      </SectionHeader>
      <DataTable.Toolbar className="flex items-center justify-between gap-2 border-t px-6 py-4">
        <StatusFilter
          value={status}
          onChange={(next) => {
            setStatus(next);
            setPagination((current) => ({ ...current, pageIndex: 0 }));
          }}
        />
        <DataTable.Search placeholder={t('posts.search')} />
      </DataTable.Toolbar>
      <DataTable.Table emptyState={status ? { ...empty, empty: empty.filtered } : empty} />
      <DataTable.Pagination translations={pagesOf(texts)} />
    </DataTable>
  );
}
