import { Input } from 'antd'
import { ListPlus, Network, Plus, X } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { type Amount, amounts, bounds, type Test } from '#platform/conditions/condition.ts'
import { type Relation, relationsOf, type Target } from '#platform/conditions/relations.ts'
import { offeredTests } from '#platform/conditions/tests.ts'
import { type Fields, fieldNamed } from '#platform/fields/field.ts'
import { systemFields } from '#platform/fields/system.ts'
import { builderWords } from './builderWords.ts'
import {
  conditionOf,
  type Draft,
  type GroupDraft,
  type Join,
  joins,
  type LeafDraft,
  newGroup,
  newLeaf,
  newRelated,
  type RelatedDraft,
} from './conditionDraft.ts'
import { useSayCondition } from './conditionWords.ts'
import { useDirectory, usePlainFields } from './directory.tsx'
import { TestPick } from './FilterEditor.tsx'
import { useLabel, useMessages } from './locale.tsx'
import { Menu } from './Menu.tsx'
import { Select } from './Select.tsx'
import { TestValue } from './TestValue.tsx'
import { keptValue } from './testValues.ts'

type GroupProps = {
  entity: Target
  draft: GroupDraft
  onChange: (draft: GroupDraft) => void
  /** How deep inside the condition, and inside how many relations. */
  depth: number
  within: number
  onRemove?: () => void
}

/** Statements that belong together, one a line, each joined to the one before it by a word. */
export const ConditionGroup = (props: GroupProps) => {
  const { entity, draft, onChange, depth, onRemove } = props
  const w = useMessages(builderWords)
  const fields = usePlainFields(entity.name, useAll(entity))
  const say = useSayCondition(entity.name, fields)
  const set = (items: readonly Draft[]) => onChange({ ...draft, items })
  const change = (next: Draft) =>
    set(draft.items.map((each) => (each.id === next.id ? next : each)))
  const remove = (gone: Draft) => set(draft.items.filter((each) => each.id !== gone.id))
  const joined = draft.join === 'any' || draft.join === 'none' ? w.or : w.and
  return (
    <fieldset className="condition-group" data-depth={depth}>
      <legend className="unseen">{w.group}</legend>
      <div className="condition-head">
        <Select
          aria-label={w.join}
          value={draft.join}
          popupMatchSelectWidth={false}
          options={joins.map((join) => ({ value: join, label: w[join] }))}
          onChange={(join: Join) => onChange({ ...draft, join })}
        />
        {onRemove && <Remove what={w.group} onPress={onRemove} />}
      </div>
      <ul className="condition-rows">
        {draft.items.map((item, place) => (
          <li key={item.id}>
            <span className="condition-join quiet">{place > 0 && joined}</span>
            <div className="condition-row">
              {item.kind === 'group' ? (
                <ConditionGroup
                  {...props}
                  draft={item}
                  depth={depth + 1}
                  onChange={change}
                  onRemove={() => remove(item)}
                />
              ) : item.kind === 'related' ? (
                <RelatedRow
                  {...props}
                  draft={item}
                  onChange={change}
                  onRemove={() => remove(item)}
                />
              ) : (
                <>
                  <LeafRow fields={fields} draft={item} onChange={change} />
                  <Remove
                    what={wordsOf(item, say) ?? w.unfinishedRow}
                    onPress={() => remove(item)}
                  />
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
      <AddRow {...props} onAdd={(item) => set([...draft.items, item])} />
    </fieldset>
  )
}

const useAll = (entity: Target): Fields => ({ ...entity.fields, ...systemFields })

const wordsOf = (draft: Draft, say: ReturnType<typeof useSayCondition>) => {
  const condition = conditionOf(draft)
  return condition && say(condition)
}

const Remove = ({ what, onPress }: { what: string; onPress: () => void }) => {
  const w = useMessages(builderWords)
  return (
    <button type="button" className="icon-button" aria-label={w.remove(what)} onClick={onPress}>
      <X />
    </button>
  )
}

/** What can be added here; a relation within two others, or one level more, would be refused. */
const AddRow = ({
  entity,
  depth,
  within,
  onAdd,
}: GroupProps & { onAdd: (item: Draft) => void }) => {
  const w = useMessages(builderWords)
  const label = useLabel()
  const { may } = useDirectory()
  const relations = relationsOf(entity).filter(({ to }) => may(`${to.plural}.view`))
  const fits = depth + 2 <= bounds.depth
  return (
    <div className="condition-add">
      <Add icon={<Plus />} onPress={() => onAdd(newLeaf())}>
        {w.addLeaf}
      </Add>
      {relations.length > 0 && within < bounds.relationDepth && fits && (
        <Menu
          label={w.addRelated}
          placement="bottomLeft"
          items={relations.map((each) => ({
            key: each.name,
            label: label(each.label),
            run: () => onAdd(newRelated(each.name)),
          }))}
        >
          <button type="button" className="chip-add">
            <Network />
            {w.addRelated}
          </button>
        </Menu>
      )}
      {fits && (
        <Add icon={<ListPlus />} onPress={() => onAdd(newGroup())}>
          {w.addGroup}
        </Add>
      )}
    </div>
  )
}

const Add = (props: { icon: ReactNode; onPress: () => void; children: ReactNode }) => (
  <button type="button" className="chip-add" onClick={props.onPress}>
    {props.icon}
    {props.children}
  </button>
)

type LeafProps = { fields: Fields; draft: LeafDraft; onChange: (draft: LeafDraft) => void }

const LeafRow = ({ fields, draft, onChange }: LeafProps) => {
  const w = useMessages(builderWords)
  const label = useLabel()
  const id = useId()
  const { field: name, value } = draft
  const field = fieldNamed(fields, name)
  const is: Test = draft.is ?? 'eq'
  return (
    <>
      <Select
        aria-label={w.field}
        className="condition-field"
        autoFocus={name === undefined}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        placeholder={w.pickField}
        value={field ? (name ?? null) : null}
        options={Object.entries(fields)
          .filter(([, each]) => offeredTests(each).length > 0)
          .map(([key, each]) => ({ value: key, label: label(each.label) }))}
        onChange={(next: string | null) => {
          const chosen = fieldNamed(fields, next ?? undefined)
          if (next && chosen)
            onChange({ ...draft, field: next, is: offeredTests(chosen)[0], value: undefined })
        }}
      />
      {field && (
        <>
          <TestPick
            field={field}
            is={is}
            onPick={(next) => onChange({ ...draft, is: next, value: keptValue(is, next, value) })}
          />
          <span className="condition-value">
            <TestValue
              key={`${name} ${is}`}
              {...{ field, is, value, id }}
              compact
              setValue={(next) => onChange({ ...draft, is, value: next })}
            />
          </span>
        </>
      )}
    </>
  )
}

type RelatedProps = Omit<GroupProps, 'draft' | 'onChange'> & {
  draft: RelatedDraft
  onChange: (draft: RelatedDraft) => void
}

/** “联系人 至少 2 个 满足：” and below it what each of them must satisfy. */
const RelatedRow = (props: RelatedProps) => {
  const { entity, draft, onChange, depth, within, onRemove } = props
  const w = useMessages(builderWords)
  const label = useLabel()
  const relation: Relation | undefined = relationsOf(entity).find(
    ({ name }) => name === draft.related,
  )
  if (!relation) return null
  const things = label(relation.label)
  const words: Record<Amount, string> = { ...w, none: w.none_of }
  const offered = relation.one ? amounts.slice(0, 2) : amounts
  const counted = draft.is !== 'some' && draft.is !== 'none'
  return (
    <div className="condition-related">
      <div className="condition-row">
        <strong>{things}</strong>
        <Select
          aria-label={w.amount(things)}
          value={draft.is}
          popupMatchSelectWidth={false}
          options={offered.map((is) => ({ value: is, label: words[is] }))}
          onChange={(is: Amount) => onChange({ ...draft, is })}
        />
        {counted && (
          <Input
            className="condition-count"
            inputMode="numeric"
            aria-label={w.count(things)}
            suffix={w.pieces}
            value={String(draft.count)}
            onChange={(event) => {
              const count = Number(event.target.value.normalize('NFKC').replace(/\D/g, ''))
              onChange({ ...draft, count: Math.min(count, bounds.count) })
            }}
          />
        )}
        {onRemove && <Remove what={things} onPress={onRemove} />}
      </div>
      <ConditionGroup
        entity={relation.to}
        draft={draft.where}
        onChange={(where) => onChange({ ...draft, where })}
        depth={depth + 1}
        within={within + 1}
      />
    </div>
  )
}
