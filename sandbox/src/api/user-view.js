'use strict';

/** @typedef {import('../state.js').State} State @typedef {import('../state.js').User} User */

/** What a user's profile shows if it is asked for. @type {Record<string, (user: User, state: State, newNames: boolean) => unknown>} */
const PROFILE = {
  created_at: (user) => user.createdAt,
  description: (user) => `The account of ${user.name}`,
  profile_image_url: () => 'https://pbs.twimg.com/profile_images/1/normal.png',
  protected: () => false,
  public_metrics: (user, state, newNames) => ({
    followers_count: 0,
    following_count: 0,
    [newNames ? 'post_count' : 'tweet_count']: state.timelinePosts().filter((tweet) => tweet.user === user).length,
    listed_count: 0,
  }),
  subscription_type: (user) => (user.premium ? 'Premium' : 'None'),
  verified: (user) => user.premium,
  verified_type: (user) => (user.premium ? 'blue' : 'none'),
};

/** A user's id and names, and what was asked for. @param {State} state @param {User} user @param {string[]} fields @param {boolean} newNames */
function showUser(state, user, fields, newNames) {
  const asked = Object.entries(PROFILE).filter(([name]) => fields.includes(name));
  const extra = Object.fromEntries(asked.map(([name, tell]) => [name, tell(user, state, newNames)]));
  return { id: user.id, name: user.name, username: user.username, ...extra };
}

module.exports = { showUser };
