import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261127183235 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table "twitter_account" ("id" text not null, "status" text check ("status" in ('connected', 'reauth_required', 'not_connected')) not null default 'not_connected', "x_user_id" text null, "api_config" jsonb null, "metadata" jsonb null, "revision" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "twitter_account_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX "IDX_twitter_account_deleted_at" ON "twitter_account" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX "IDX_twitter_account_x_user_id_unique" ON "twitter_account" ("x_user_id") WHERE x_user_id IS NOT NULL AND deleted_at IS NULL;`);

    this.addSql(`create table "twitter_oauth_request" ("id" text not null, "method" text check ("method" in ('oauth2', 'oauth1')) not null, "state_digest" text not null, "secret" text not null, "redirect_uri" text not null, "account_id" text null, "actor_id" text null, "expires_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "twitter_oauth_request_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX "IDX_twitter_oauth_request_deleted_at" ON "twitter_oauth_request" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX "IDX_twitter_oauth_request_state" ON "twitter_oauth_request" ("state_digest") WHERE deleted_at IS NULL;`);

    this.addSql(`create table "twitter_post" ("id" text not null, "caption" text not null default '', "media_attachments" jsonb null, "thread" jsonb null, "poll" jsonb null, "status" text check ("status" in ('draft', 'scheduled', 'publishing', 'posted', 'failed', 'unknown', 'deleted')) not null default 'draft', "scheduled_at" timestamptz null, "posted_at" timestamptz null, "post_url" text null, "insights" jsonb null, "insights_at" timestamptz null, "insights_due_at" timestamptz null, "error_code" text null, "error_message" text null, "retry_at" timestamptz null, "unannounced" text null, "idempotency_key" text null, "request_digest" text null, "activity" jsonb null, "revision" integer not null default 0, "account_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "twitter_post_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX "IDX_twitter_post_account_id" ON "twitter_post" ("account_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX "IDX_twitter_post_deleted_at" ON "twitter_post" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX "IDX_twitter_post_status_scheduled_at" ON "twitter_post" ("status", "scheduled_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX "IDX_twitter_post_unannounced" ON "twitter_post" ("unannounced") WHERE unannounced IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX "IDX_twitter_post_insights_due_at" ON "twitter_post" ("insights_due_at") WHERE insights_due_at IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX "IDX_twitter_post_idempotency_key" ON "twitter_post" ("idempotency_key") WHERE idempotency_key IS NOT NULL AND deleted_at IS NULL;`);

    this.addSql(`create table "twitter_metrics_snapshot" ("id" text not null, "tweet_id" text not null, "taken_at" timestamptz not null, "impressions" integer null, "likes" integer not null, "retweets" integer not null, "replies" integer not null, "quotes" integer not null, "bookmarks" integer null, "engagements" integer null, "details" jsonb null, "post_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "twitter_metrics_snapshot_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX "IDX_twitter_metrics_snapshot_post_id" ON "twitter_metrics_snapshot" ("post_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX "IDX_twitter_metrics_snapshot_deleted_at" ON "twitter_metrics_snapshot" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX "IDX_twitter_metrics_snapshot_post_taken_at" ON "twitter_metrics_snapshot" ("post_id", "taken_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table "twitter_publish_intent" ("id" text not null, "state" text check ("state" in ('open', 'published', 'failed', 'unknown')) not null default 'open', "row" text null, "version" integer not null default 0, "touched_at" timestamptz null, "retries" integer not null default 0, "progress" jsonb null, "published" jsonb null, "result" jsonb null, "seen" jsonb null, "history" jsonb null, "post_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "twitter_publish_intent_pkey" primary key ("id"));`);
    this.addSql(`CREATE UNIQUE INDEX "IDX_twitter_publish_intent_post_id_unique" ON "twitter_publish_intent" ("post_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX "IDX_twitter_publish_intent_deleted_at" ON "twitter_publish_intent" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX "IDX_twitter_publish_intent_state_touched" ON "twitter_publish_intent" ("state", "touched_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table "twitter_webhook_event" ("id" text not null, "event_id" text not null, "event_type" text not null, "payload" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "twitter_webhook_event_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX "IDX_twitter_webhook_event_deleted_at" ON "twitter_webhook_event" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX "IDX_twitter_webhook_event_event_id" ON "twitter_webhook_event" ("event_id") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table "twitter_post" add constraint "twitter_post_account_id_foreign" foreign key ("account_id") references "twitter_account" ("id") on update cascade;`);

    this.addSql(`alter table "twitter_metrics_snapshot" add constraint "twitter_metrics_snapshot_post_id_foreign" foreign key ("post_id") references "twitter_post" ("id") on update cascade on delete cascade;`);

    this.addSql(`alter table "twitter_publish_intent" add constraint "twitter_publish_intent_post_id_foreign" foreign key ("post_id") references "twitter_post" ("id") on update cascade on delete cascade;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "twitter_post" drop constraint if exists "twitter_post_account_id_foreign";`);

    this.addSql(`alter table if exists "twitter_metrics_snapshot" drop constraint if exists "twitter_metrics_snapshot_post_id_foreign";`);

    this.addSql(`alter table if exists "twitter_publish_intent" drop constraint if exists "twitter_publish_intent_post_id_foreign";`);

    this.addSql(`drop table if exists "twitter_account" cascade;`);

    this.addSql(`drop table if exists "twitter_oauth_request" cascade;`);

    this.addSql(`drop table if exists "twitter_post" cascade;`);

    this.addSql(`drop table if exists "twitter_metrics_snapshot" cascade;`);

    this.addSql(`drop table if exists "twitter_publish_intent" cascade;`);

    this.addSql(`drop table if exists "twitter_webhook_event" cascade;`);
  }

}
