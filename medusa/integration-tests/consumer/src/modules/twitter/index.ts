import { MedusaService, Module, model } from '@medusajs/framework/utils';

const Tweet = model.define('tweet', { id: model.id().primaryKey(), text: model.text() });

/** A module that a shop wrote itself, under the key that the plugin has too. */
class TwitterModuleService extends MedusaService({ Tweet }) {}

export default Module('twitter', { service: TwitterModuleService });
