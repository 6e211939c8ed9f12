import { Button, DataTable, useDataTable } from '@medusajs/ui';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import type { TwitterPostStatus } from '../../../types/http';
import { usePosts } from '../../lib/posts';
import { LoadError } from '../load-error';
import { SectionHeader } from '../section-header';
import { postColumns } from './post-columns';
import { StatusFilter } from './status-filter';
import { SyncAllButton } from './sync-all-button';

const PAGE_SIZE = 20;

const EMPTY = {
  empty: {
    heading: 'No posts yet',
    description: 'Compose the first one, or begin it from the page of a product.',
  },
  filtered: { heading: 'No post fits', description: 'Change the search or the filter.' },
};

/** All posts, the newest first. */
export function PostsTable() {
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
    columns: postColumns,
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
      <SectionHeader level="h1" title="Posts">
        <SyncAllButton />
        <Button size="small" asChild>
          <Link to="/twitter/compose">Compose</Link>
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
        <DataTable.Search placeholder="Search captions" />
      </DataTable.Toolbar>
      <DataTable.Table emptyState={status ? { ...EMPTY, empty: EMPTY.filtered } : EMPTY} />
      <DataTable.Pagination />
    </DataTable>
  );
}
