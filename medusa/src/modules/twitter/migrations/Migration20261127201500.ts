import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261127201500 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table "twitter_webhook" ("id" text not null, "url" text null, "webhook_id" text null, "valid" boolean not null default false, "subscriptions" jsonb null, "error" jsonb null, "wanted" text null, "checked_at" timestamptz null, "held_until" timestamptz null, "turn" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "twitter_webhook_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX "IDX_twitter_webhook_deleted_at" ON "twitter_webhook" ("deleted_at") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "twitter_webhook" cascade;`);
  }

}
