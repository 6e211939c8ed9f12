// No link: Medusa reads this folder before it loads any module, both to start and to migrate.
import { configManager } from '@medusajs/framework/config';
import { requireOwnModule } from '../modules/twitter/boot/own-module';

requireOwnModule(configManager.config.modules, configManager.baseDir);
