// Names, titles and applications of the simulated company. All invented; mail addresses are example.com.

export const GIVEN_NAMES = (
  'Ada Amara Anouk Arjun Beatriz Bram Carmen Chen Daan Devi Elif Emeka Esther Farah Femke Finn Gita Hana Hugo Ines Isak Jamal ' +
  'Jana Joao Joris Kamala Kenji Lars Leila Lucia Maeve Malik Marta Mateus Mei Mina Nadia Niels Noor Omar Oskar Petra Priya Quinn ' +
  'Rafael Rania Ravi Rosa Ruben Saskia Selma Siew Sofia Tariq Thandi Theo Tomas Uma Viktor Wen Xin Yara Yusuf Zoe'
).split(' ')

export const FAMILY_NAMES = (
  'Adeyemi Almeida Andersson Bakker Banerjee Barros Bauer Becker Bosch Brandt Carvalho Castillo Chua Costa Dekker Diaz Dijkstra Dubois ' +
  'Eriksen Fernandes Fischer Foster Garcia Goh Gupta Haddad Hansen Hendriks Hoffman Ibrahim Ito Jacobs Jansen Kaya Khan Kim Koh ' +
  'Kowalska Kumar Larsen Lim Lindgren Lopez Meijer Mendes Mensah Meyer Mulder Murphy Nair Nakamura Ng Novak Okafor Oliveira Ong ' +
  'Patel Pereira Peters Quist Ramos Rossi Santos Sato Schmidt Silva Smit Tan Torres Visser Vos Wagner Wong Yilmaz Zhang'
).split(' ')

export const DEPARTMENTS = [
  {
    name: 'Engineering',
    weight: 34,
    titles: ['Software Engineer', 'Senior Engineer', 'Site Reliability Engineer', 'Engineering Manager'],
  },
  { name: 'Sales', weight: 18, titles: ['Account Executive', 'Sales Engineer', 'Regional Lead'] },
  { name: 'Support', weight: 14, titles: ['Support Specialist', 'Support Engineer'] },
  { name: 'Finance', weight: 9, titles: ['Accountant', 'Controller', 'Payroll Specialist'] },
  { name: 'People', weight: 7, titles: ['Recruiter', 'People Partner'] },
  { name: 'Marketing', weight: 9, titles: ['Content Designer', 'Campaign Manager'] },
  { name: 'Legal', weight: 3, titles: ['Counsel', 'Privacy Officer'] },
  { name: 'IT', weight: 6, titles: ['IT Administrator', 'Service Desk Analyst', 'Identity Engineer'] },
] as const

/** Applications people open, with the departments that have each; none means everybody. */
export const APP_NAMES: readonly { label: string; departments?: readonly string[] }[] = [
  { label: 'Mail' },
  { label: 'Calendar and Meetings' },
  { label: 'Chat' },
  { label: 'Time Sheets' },
  { label: 'Wiki' },
  { label: 'Travel Desk' },
  { label: 'Source Hosting', departments: ['Engineering', 'IT'] },
  { label: 'Build Farm', departments: ['Engineering'] },
  { label: 'Cloud Console', departments: ['Engineering', 'IT'] },
  { label: 'Customer Records', departments: ['Sales', 'Support', 'Marketing'] },
  { label: 'Ticket Desk', departments: ['Support', 'IT', 'Engineering'] },
  { label: 'Ledger', departments: ['Finance', 'Legal'] },
  { label: 'Payroll', departments: ['Finance', 'People'] },
  { label: 'Recruiting', departments: ['People'] },
  { label: 'Campaigns', departments: ['Marketing'] },
  { label: 'Contract Archive', departments: ['Legal', 'Sales', 'Finance'] },
  { label: 'Device Management', departments: ['IT'] },
]

/** Jobs that machines do with an SSWS token: what each writes to the log. */
export const SERVICE_ACCOUNTS = [
  {
    name: 'hr-sync',
    label: 'HR sync',
    perDay: 24,
    agent: 'hr-sync/3.2 (java 21)',
    events: [
      'user.account.update_profile',
      'group.user_membership.add',
      'group.user_membership.remove',
      'user.lifecycle.create',
    ],
  },
  {
    name: 'terraform',
    label: 'Infrastructure as code',
    perDay: 9,
    agent: 'okta-terraform/4.8.0',
    events: [
      'group.user_membership.add',
      'application.lifecycle.update',
      'policy.rule.update',
      'application.user_membership.add',
    ],
  },
  {
    name: 'helpdesk-bot',
    label: 'Service desk bot',
    perDay: 4,
    agent: 'helpdesk-bot/1.9',
    events: ['user.account.unlock_by_admin', 'user.account.reset_password', 'user.mfa.factor.reset_all'],
  },
  {
    name: 'backup',
    label: 'Configuration backup',
    perDay: 4,
    agent: 'python-requests/2.32.3',
    events: ['user.session.access_admin_app', 'analytics.reports.export.request'],
  },
  {
    name: 'badge-sync',
    label: 'Door badges',
    perDay: 16,
    agent: 'badge-sync/0.7',
    events: ['user.account.update_profile'],
  },
  {
    name: 'payroll',
    label: 'Payroll connector',
    perDay: 10,
    agent: 'payroll-connector/2.0',
    events: ['application.user_membership.update', 'user.account.update_profile'],
  },
  {
    name: 'ticketing',
    label: 'Ticket desk connector',
    perDay: 12,
    agent: 'ticketing/5.1',
    events: ['application.user_membership.add', 'application.user_membership.remove', 'group.user_membership.add'],
  },
  { name: 'siem', label: 'Log export', perDay: 0, agent: 'sallyport', events: [] },
] as const

/** OAuth service apps: their tokens are `AT.…` and change every hour. */
export const SERVICE_APPS = [
  {
    name: 'Provisioning Agent',
    perDay: 16,
    agent: 'provisioning-agent/2.4',
    events: ['application.provision.user.push_profile', 'application.user_membership.update'],
  },
  {
    name: 'Access Review',
    perDay: 8,
    agent: 'access-review/1.1',
    events: ['group.user_membership.remove', 'application.user_membership.remove'],
  },
  { name: 'Device Inventory', perDay: 10, agent: 'device-inventory/0.9', events: ['user.account.update_profile'] },
] as const
