import * as apiKeyCommands from '#access/apiKeys/commands.ts'
import { apiKeys } from '#access/apiKeys/contract.ts'
import * as apiKeyQueries from '#access/apiKeys/queries.ts'
import * as departmentCommands from '#access/departments/commands.ts'
import { departments } from '#access/departments/contract.ts'
import * as departmentQueries from '#access/departments/queries.ts'
import { explained } from '#access/explained/contract.ts'
import * as explainedQueries from '#access/explained/queries.ts'
import * as factorCommands from '#access/factors/commands.ts'
import { factors } from '#access/factors/contract.ts'
import * as factorQueries from '#access/factors/queries.ts'
import * as holders from '#access/holders/queries.ts'
import * as personCommands from '#access/people/commands.ts'
import { people } from '#access/people/contract.ts'
import { jobs as peopleJobs } from '#access/people/jobs.ts'
import * as personQueries from '#access/people/queries.ts'
import * as postCommands from '#access/posts/commands.ts'
import { posts } from '#access/posts/contract.ts'
import * as postQueries from '#access/posts/queries.ts'
import * as roleCommands from '#access/roles/commands.ts'
import { rolesContract } from '#access/roles/contract.ts'
import * as roleQueries from '#access/roles/queries.ts'
import * as sessionCommands from '#access/sessions/commands.ts'
import { sessions } from '#access/sessions/contract.ts'
import * as sessionQueries from '#access/sessions/queries.ts'
import * as setupCommands from '#access/setup/commands.ts'
import { setup } from '#access/setup/contract.ts'
import * as setupQueries from '#access/setup/queries.ts'
import { chronicle } from '#contact/chronicle/contract.ts'
import * as chronicleQueries from '#contact/chronicle/queries.ts'
import { day } from '#contact/dayplan/contract.ts'
import * as dayQueries from '#contact/dayplan/queries.ts'
import * as interactionCommands from '#contact/interactions/commands.ts'
import { interactions } from '#contact/interactions/contract.ts'
import { interactionReactions } from '#contact/interactions/events.ts'
import { interaction } from '#contact/interactions/fields.ts'
import * as interactionQueries from '#contact/interactions/queries.ts'
import * as taskCommands from '#contact/tasks/commands.ts'
import { tasks } from '#contact/tasks/contract.ts'
import { taskReactions } from '#contact/tasks/events.ts'
import { task } from '#contact/tasks/fields.ts'
import * as taskQueries from '#contact/tasks/queries.ts'
import { contact } from '#customers/contacts/fields.ts'
import * as customerCommands from '#customers/customers/commands.ts'
import { customers } from '#customers/customers/contract.ts'
import { customer } from '#customers/customers/fields.ts'
import * as customerQueries from '#customers/customers/queries.ts'
import * as memberCommands from '#customers/members/commands.ts'
import { members } from '#customers/members/contract.ts'
import { memberReactions } from '#customers/members/events.ts'
import { jobs as memberJobs } from '#customers/members/jobs.ts'
import * as memberQueries from '#customers/members/queries.ts'
import * as binCommands from '#platform/bin/commands.ts'
import { bin, deletionOf } from '#platform/bin/contract.ts'
import { jobs as binJobs } from '#platform/bin/jobs.ts'
import * as binQueries from '#platform/bin/queries.ts'
import { starting } from '#platform/bulk/commands.ts'
import { bulk, bulkOf } from '#platform/bulk/contract.ts'
import { jobs as bulkJobs } from '#platform/bulk/jobs.ts'
import * as bulkQueries from '#platform/bulk/queries.ts'
import { registerWriters } from '#platform/bulk/row.ts'
import { fillRelations, relationsAmong } from '#platform/conditions/relations.ts'
import * as customFieldCommands from '#platform/customFields/commands.ts'
import { customFields } from '#platform/customFields/contract.ts'
import { jobs as customFieldJobs } from '#platform/customFields/jobs.ts'
import * as customFieldQueries from '#platform/customFields/queries.ts'
import { fillFieldUses } from '#platform/customFields/uses.ts'
import * as dictionaryCommands from '#platform/dictionaries/commands.ts'
import { dictionaries } from '#platform/dictionaries/contract.ts'
import { fillChoiceUses } from '#platform/dictionaries/places.ts'
import { type Service, serve } from '#platform/door/door.ts'
import { type Reaction, registerReactions } from '#platform/events/events.ts'
import * as exportCommands from '#platform/exports/commands.ts'
import { exportRuns, exportsOf } from '#platform/exports/contract.ts'
import { exporting } from '#platform/exports/exports.ts'
import { jobs as exportJobs } from '#platform/exports/jobs.ts'
import * as exportQueries from '#platform/exports/queries.ts'
import { wholeOnes } from '#platform/exports/whole.ts'
import type { Entity } from '#platform/fields/entity.ts'
import * as fileCommands from '#platform/files/commands.ts'
import { files } from '#platform/files/contract.ts'
import { jobs as fileJobs } from '#platform/files/jobs.ts'
import * as fileQueries from '#platform/files/queries.ts'
import { fileRelations } from '#platform/files/relations.ts'
import { history } from '#platform/history/contract.ts'
import * as historyQueries from '#platform/history/queries.ts'
import * as importCommands from '#platform/imports/commands.ts'
import { importMappings, imports } from '#platform/imports/contract.ts'
import { jobs as importJobs } from '#platform/imports/jobs.ts'
import * as importKeeping from '#platform/imports/keeping.ts'
import { setImportPorts } from '#platform/imports/ports.ts'
import * as importQueries from '#platform/imports/queries.ts'
import { template } from '#platform/imports/template.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { explaining, explanationsOf } from '#platform/lists/explanations.ts'
import { grouping, groupsOf } from '#platform/lists/groups.ts'
import { placeOf, placing } from '#platform/lists/place.ts'
import { stopping, stopsOf } from '#platform/lists/stops.ts'
import { live } from '#platform/live/contract.ts'
import * as liveQueries from '#platform/live/queries.ts'
import * as numberingCommands from '#platform/numbering/commands.ts'
import { numbering } from '#platform/numbering/contract.ts'
import * as numberingQueries from '#platform/numbering/queries.ts'
import { plainViewing } from '#platform/plainViews/commands.ts'
import { plainViewsOf } from '#platform/plainViews/contract.ts'
import { registerEntities } from '#platform/records/registry.ts'
import { regionsContract } from '#platform/regions/contract.ts'
import * as regionQueries from '#platform/regions/queries.ts'
import * as stageCommands from '#platform/stages/commands.ts'
import { stages } from '#platform/stages/contract.ts'
import { jobs as upgradeJobs } from '#platform/upgrades/jobs.ts'
import * as viewCommands from '#platform/views/commands.ts'
import { views } from '#platform/views/contract.ts'
import * as viewQueries from '#platform/views/queries.ts'
import { choicesInViews, usesInViews } from '#platform/views/uses.ts'
import { sayReason } from '#ui/reasons.ts'
import { importablesOf } from './importables.ts'
import { chores } from './schedule.ts'

/** Every kind of record, the root first. */
export const entityList: readonly Entity[] = [customer, contact, interaction, task]

/** What slices have behind the door besides what follows from their fields. */
const written: readonly Service[] = [
  serve(setup, { ...setupQueries, ...setupCommands }),
  serve(sessions, { ...sessionQueries, ...sessionCommands }),
  serve(factors, { ...factorQueries, ...factorCommands }),
  serve(people, { ...personQueries, ...personCommands }),
  serve(explained, explainedQueries),
  serve(departments, { ...departmentQueries, ...departmentCommands }),
  serve(rolesContract, { ...roleQueries, ...roleCommands }),
  serve(posts, { ...postQueries, ...postCommands }),
  serve(apiKeys, { ...apiKeyQueries, ...apiKeyCommands }),
  serve(customers, { ...customerQueries, ...customerCommands, download: exporting(customer) }),
  serve(members, { ...memberQueries, ...memberCommands }),
  serve(interactions, {
    ...interactionQueries,
    ...interactionCommands,
    download: exporting(interaction),
  }),
  serve(tasks, { ...taskQueries, ...taskCommands, download: exporting(task) }),
  serve(chronicle, chronicleQueries),
  serve(day, dayQueries),
  serve(files, { ...fileQueries, ...fileCommands }),
  serve(imports, { ...importQueries, ...importCommands, template }),
  serve(importMappings, importKeeping),
  serve(customFields, {
    ...customFieldCommands,
    list: customFieldQueries.told,
    retired: customFieldQueries.retired,
  }),
  serve(dictionaries, dictionaryCommands),
  serve(stages, stageCommands),
  serve(exportRuns, { ...exportQueries, ...exportCommands }),
  ...entityList.map((entity) =>
    serve(exportsOf(entity), {
      ...exportCommands.startingExport(entity),
      ...exportQueries.choosing(entity),
    }),
  ),
  ...entityList.map((entity) =>
    serve(
      {
        ...{ ...groupsOf(entity), ...placeOf(entity), ...stopsOf(entity) },
        ...{ ...bulkOf(entity), ...deletionOf(entity) },
      },
      {
        ...grouping(entity),
        ...placing(entity),
        ...stopping(entity),
        ...starting(entity),
        ...binQueries.foretelling(entity),
      },
    ),
  ),
  ...entityList.map((entity) => serve(plainViewsOf(entity), plainViewing(entity))),
  ...entityList.map((entity) => serve(explanationsOf(entity), explaining(entity))),
  serve(bulk, bulkQueries),
  serve(bin, { ...binQueries.all, ...binCommands }),
  serve(live, liveQueries),
  serve(views, { ...viewQueries, ...viewCommands }),
  serve(numbering, { ...numberingQueries, ...numberingCommands }),
  serve(history, historyQueries),
  serve(regionsContract, regionQueries),
]

/** Everything behind the door. */
export const services: readonly Service[] = [...written, ...wholeOnes(entityList, written)]

export const reactions: readonly Reaction[] = [
  ...memberReactions,
  ...interactionReactions,
  ...taskReactions,
]

export const jobs: readonly Job[] = [
  ...chores,
  ...fileJobs,
  ...customFieldJobs,
  ...bulkJobs,
  ...peopleJobs,
  ...memberJobs,
  ...binJobs,
  ...importJobs,
  ...exportJobs,
  ...upgradeJobs,
]

/** Fills the registers and ports of the platform; every process that works on the data calls it once. */
export const openHouse = () => {
  registerEntities(entityList, {
    departmentsOf: personQueries.departmentsOf,
    actorOf: (ctx, id) => holders.actorOf(ctx, { id }),
    callerOf: holders.callerOf,
    departmentsThere: departmentQueries.there,
    departmentsUnder: departmentQueries.under,
  })
  fillFieldUses([usesInViews])
  fillChoiceUses([choicesInViews])
  fillRelations([...relationsAmong(entityList), ...fileRelations(entityList)])
  registerWriters(entityList, services)
  registerReactions(reactions)
  setImportPorts({
    directory: async (ctx) => ({
      people: await personQueries.colleagues(ctx),
      departments: (await departmentQueries.list(ctx)).items,
    }),
    importable: importablesOf(entityList),
    hanging: ['customer_member'],
    say: sayReason,
  })
}
