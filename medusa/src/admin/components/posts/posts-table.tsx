import { Button, DataTable, type DataTableFilteringState, useDataTable } from '@medusajs/ui';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { usePosts } from '../../lib/posts';
import { LoadError } from '../load-error';
import { SectionHeader } from '../section-header';
import { postColumns } from './post-columns';
import { statusFilter } from './status-filter';
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
  const [filtering, setFiltering] = useState<DataTableFilteringState>({});
  const [pagination, setPagination] = useState({ pageIndex: 0, pageSize: PAGE_SIZE });
  const { data, error, isPending, refetch } = usePosts({
    q: search,
    status: filtering.status as string | undefined,
    limit: pagination.pageSize,
    offset: pagination.pageIndex * pagination.pageSize,
  });
  const table = useDataTable({
    data: data?.posts ?? [],
    columns: postColumns,
    filters: [statusFilter],
    rowCount: data?.count ?? 0,
    getRowId: ({ id }) => id,
    isLoading: isPending,
    search: { state: search, onSearchChange: setSearch },
    filtering: { state: filtering, onFilteringChange: setFiltering },
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
        <DataTable.FilterMenu tooltip="Filter" />
        <DataTable.Search placeholder="Search captions" />
      </DataTable.Toolbar>
      <DataTable.Table emptyState={EMPTY} />
      <DataTable.Pagination />
    </DataTable>
  );
}
