import { Migration } from '@medusajs/framework/mikro-orm/migrations';

export class Migration20250615140000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "social_platform" (
      "id" text not null primary key,
      "name" text not null,
      "category" text not null default 'social',
      "auth_type" text not null default 'oauth2',
      "icon_url" text null,
      "base_url" text null,
      "description" text null,
      "api_config" jsonb null,
      "status" text not null default 'active',
      "metadata" jsonb null,
      "created_at" timestamptz not null default now(),
      "updated_at" timestamptz not null default now(),
      "deleted_at" timestamptz null
    );`);
    this.addSql(`create table if not exists "social_post" (
      "id" text not null primary key,
      "name" text not null,
      "post_url" text null,
      "caption" text null,
      "status" text check ("status" in ('draft', 'scheduled', 'posted', 'failed', 'archived')) not null default 'draft',
      "scheduled_at" timestamptz null,
      "posted_at" timestamptz null,
      "insights" jsonb null,
      "media_attachments" jsonb null,
      "notes" text null,
      "error_message" text null,
      "related_item_type" text null,
      "related_item_id" text null,
      "metadata" jsonb null,
      "platform_id" text not null references "social_platform" ("id") on update cascade,
      "created_at" timestamptz not null default now(),
      "updated_at" timestamptz not null default now(),
      "deleted_at" timestamptz null
    );`);
    for (const [table, column] of [
      ['social_platform', 'deleted_at'],
      ['social_post', 'deleted_at'],
      ['social_post', 'platform_id'],
    ]) {
      this.addSql(`create index if not exists "IDX_${table}_${column}" on "${table}" ("${column}");`);
    }
  }

  override async down(): Promise<void> {
    this.addSql('drop table if exists "social_post";');
    this.addSql('drop table if exists "social_platform";');
  }
}
