import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261125034305 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "publish_intent" drop constraint if exists "publish_intent_post_id_unique";`);
    this.addSql(`alter table if exists "social_platform" drop constraint if exists "social_platform_account_unique";`);
    this.addSql(`create table if not exists "social_oauth_request" ("id" text not null, "platform" text check ("platform" in ('twitter')) not null default 'twitter', "method" text check ("method" in ('oauth2', 'oauth1')) not null, "state_digest" text not null, "secret" text not null, "redirect_uri" text not null, "platform_id" text null, "actor_id" text null, "expires_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "social_oauth_request_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_social_oauth_request_deleted_at" ON "social_oauth_request" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_social_oauth_request_state" ON "social_oauth_request" ("state_digest") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "social_platform" ("id" text not null, "name" text check ("name" in ('twitter')) not null default 'twitter', "status" text check ("status" in ('connected', 'reauth_required', 'not_connected')) not null default 'not_connected', "account_id" text null, "api_config" jsonb null, "metadata" jsonb null, "revision" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "social_platform_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_social_platform_deleted_at" ON "social_platform" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_social_platform_account_unique" ON "social_platform" ("name", "account_id") WHERE account_id IS NOT NULL AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "social_post" ("id" text not null, "caption" text not null default '', "media_attachments" jsonb null, "thread" jsonb null, "poll" jsonb null, "product_id" text null, "status" text check ("status" in ('draft', 'scheduled', 'publishing', 'posted', 'failed', 'unknown')) not null default 'draft', "scheduled_at" timestamptz null, "posted_at" timestamptz null, "post_url" text null, "insights" jsonb null, "insights_at" timestamptz null, "insights_due_at" timestamptz null, "error_code" text null, "error_message" text null, "retry_at" timestamptz null, "revision" integer not null default 0, "platform_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "social_post_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_social_post_platform_id" ON "social_post" ("platform_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_social_post_deleted_at" ON "social_post" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_social_post_status_scheduled_at" ON "social_post" ("status", "scheduled_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_social_post_insights_due_at" ON "social_post" ("insights_due_at") WHERE insights_due_at IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_social_post_product_id" ON "social_post" ("product_id") WHERE product_id IS NOT NULL AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "publish_intent" ("id" text not null, "state" text check ("state" in ('open', 'published', 'failed', 'unknown')) not null default 'open', "epoch" integer not null default 0, "retries" integer not null default 0, "lease_until" timestamptz null, "checkpoint" text null, "content_digest" text null, "resend" boolean not null default false, "progress" jsonb null, "published" jsonb null, "result" jsonb null, "seen" jsonb null, "history" jsonb null, "post_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "publish_intent_pkey" primary key ("id"));`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_publish_intent_post_id_unique" ON "publish_intent" ("post_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_publish_intent_deleted_at" ON "publish_intent" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_publish_intent_state_lease" ON "publish_intent" ("state", "lease_until") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "social_webhook_event" ("id" text not null, "event_id" text not null, "event_type" text not null, "payload" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "social_webhook_event_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_social_webhook_event_deleted_at" ON "social_webhook_event" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_social_webhook_event_event_id" ON "social_webhook_event" ("event_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "tweet_metrics_snapshot" ("id" text not null, "tweet_id" text not null, "taken_at" timestamptz not null, "impressions" integer null, "likes" integer not null, "retweets" integer not null, "replies" integer not null, "quotes" integer not null, "bookmarks" integer null, "engagements" integer null, "details" jsonb null, "post_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "tweet_metrics_snapshot_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_tweet_metrics_snapshot_post_id" ON "tweet_metrics_snapshot" ("post_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_tweet_metrics_snapshot_deleted_at" ON "tweet_metrics_snapshot" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_tweet_metrics_snapshot_post_taken_at" ON "tweet_metrics_snapshot" ("post_id", "taken_at") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "social_post" add constraint "social_post_platform_id_foreign" foreign key ("platform_id") references "social_platform" ("id") on update cascade;`);

    this.addSql(`alter table if exists "publish_intent" add constraint "publish_intent_post_id_foreign" foreign key ("post_id") references "social_post" ("id") on update cascade on delete cascade;`);

    this.addSql(`alter table if exists "tweet_metrics_snapshot" add constraint "tweet_metrics_snapshot_post_id_foreign" foreign key ("post_id") references "social_post" ("id") on update cascade on delete cascade;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "social_post" drop constraint if exists "social_post_platform_id_foreign";`);

    this.addSql(`alter table if exists "publish_intent" drop constraint if exists "publish_intent_post_id_foreign";`);

    this.addSql(`alter table if exists "tweet_metrics_snapshot" drop constraint if exists "tweet_metrics_snapshot_post_id_foreign";`);

    this.addSql(`drop table if exists "social_oauth_request" cascade;`);

    this.addSql(`drop table if exists "social_platform" cascade;`);

    this.addSql(`drop table if exists "social_post" cascade;`);

    this.addSql(`drop table if exists "publish_intent" cascade;`);

    this.addSql(`drop table if exists "social_webhook_event" cascade;`);

    this.addSql(`drop table if exists "tweet_metrics_snapshot" cascade;`);
  }

}
