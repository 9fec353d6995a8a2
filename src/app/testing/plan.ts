/** The floors from the ground up: a floor imports only floors before it. */
export const floors = ['platform', 'ui', 'access', 'customers', 'contact', 'app']

/** The slices of a floor in the same order. `testing` may import everything on its floor. */
export const slices: Record<string, readonly string[]> = {
  platform: [
    'errors',
    'settings',
    'postgres',
    'china',
    'search',
    'fields',
    'formulas',
    'database',
    'encryption',
    'accounts',
    'events',
    'jobs',
    'door',
    'records',
    'conditions',
    'regions',
    'history',
    'live',
    'files',
    'bin',
    'lists',
    'dictionaries',
    'stages',
    'plainViews',
    'customFields',
    'views',
    'bulk',
    'numbering',
    'tables',
    'imports',
    'exports',
    'upgrades',
    'testing',
  ],
  access: [
    'roles',
    'holders',
    'posts',
    'departments',
    'people',
    'explained',
    'factors',
    'sessions',
    'apiKeys',
    'fields',
    'bin',
    'setup',
  ],
  customers: ['customers', 'members', 'kinds', 'contacts', 'files', 'imports'],
  contact: ['tasks', 'interactions', 'chronicle', 'dayplan'],
}

/** What a slice shows to others; the rest is its own. */
export const publicFiles = [
  'fields.ts',
  'rules.ts',
  'contract.ts',
  'queries.ts',
  'commands.ts',
  'slots.ts',
  'web/routes.tsx',
]

export const vocabulary = [
  'fields.ts',
  'rules.ts',
  'contract.ts',
  'queries.ts',
  'commands.ts',
  'events.ts',
  'jobs.ts',
  'slots.ts',
  'plugs.ts',
]

/** Packages that belong to the server alone. */
export const serverPackages = [
  'fastify',
  'pg',
  'kysely',
  'better-auth',
  'graphile-worker',
  'pinyin-pro',
  'opencc-js',
  '@vant/area-data',
  'iconv-lite',
  'csv-parse',
  'saxes',
  'yauzl',
  'yazl',
]

/**
 * The floor that owns each table; those of records belong to the floor that writes their fields down,
 * `customer` is the root that every floor may read by grants.
 */
export const tableOwners: Record<string, string> = {
  department: 'access',
  person: 'access',
  role: 'access',
  post: 'access',
  customer_member: 'customers',
}
