import { Migration } from '@medusajs/framework/mikro-orm/migrations';

export class Migration20261127180000 extends Migration {
  override async up(): Promise<void> {
    this.addSql('alter table if exists "social_post" add column if not exists "twitter_intent" text null;');
  }

  override async down(): Promise<void> {
    this.addSql('alter table if exists "social_post" drop column if exists "twitter_intent";');
  }
}
