// What several pages say.

export const shared = {
  menu: {
    root: 'X (Twitter)',
    posts: 'Posts',
    compose: 'Compose',
    accounts: 'Accounts',
    post: 'Post',
    edit: 'Edit',
  },
  common: {
    cancel: 'Cancel',
    details: 'Details',
    loading: 'Loading',
    noText: 'No text',
    poll: 'Poll',
    tryAgain: 'Try again',
  },
  status: {
    post: {
      draft: 'Draft',
      scheduled: 'Scheduled',
      publishing: 'Publishing',
      posted: 'Posted',
      failed: 'Failed',
      unknown: 'Outcome unknown',
      deleted: 'Deleted on X',
    },
    account: {
      connected: 'Connected',
      reauth_required: 'Reconnect needed',
      not_connected: 'Not connected',
    },
  },
  metrics: {
    impressions: 'Impressions',
    engagement: 'Engagement',
    likes: 'Likes',
    retweets: 'Reposts',
    replies: 'Replies',
    quotes: 'Quotes',
    bookmarks: 'Bookmarks',
    url_link_clicks: 'Link clicks',
    notRead: 'The metrics could not be read',
  },
  media: {
    /** Which medium: as part of `Media URL 1`. */
    place: '{{number}}',
    placeInPart: '{{number}} of part {{part}}',
    number: 'Media {{number}}',
    pictureBroken: 'The picture can’t be shown',
    video: 'Video',
  },
  preview: {
    title: 'Preview',
    as: 'As @{{username}}',
    empty: 'What you write shows up here.',
    now: 'now',
    account: 'Your account',
    username: 'username',
    votes: '0 votes · {{duration}} left',
  },
  product: {
    title: 'Posts on X',
    none: 'This product has not been posted yet.',
    list: 'Posts of this product',
    newest: 'The newest {{shown}} of {{count}}',
    post: 'Post this product',
    explanation: 'It becomes a draft that you can change before it goes out.',
    notCreated: 'The draft was not created',
    pictures: 'Pictures ({{chosen}} of at most {{limit}})',
    noPictures: 'The product has no pictures.',
    pictureList: 'Pictures of the product',
    picture: 'Picture {{number}}',
    create: 'Create draft',
    /** Becomes the alternative text of a picture. */
    altText: '{{title}}, picture {{number}} of {{count}}',
  },
  request: {
    unreachable: 'The server could not be reached. Try again in a moment.',
    status: 'The server answered with the error {{status}}.',
  },
} as const;
