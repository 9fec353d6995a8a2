import { Button } from 'antd'
import { ArrowDown, ArrowUp, Ellipsis, Pencil, Plus, RotateCcw, Workflow } from 'lucide-react'
import { useState } from 'react'
import type { Label } from '#platform/fields/field.ts'
import type { Machine, Stage } from '#platform/fields/machine.ts'
import { Failure, useFailureWords } from '#ui/Failure.tsx'
import { useFields } from '#ui/fields.ts'
import { useLabel, useMarks, useMessages } from '#ui/locale.tsx'
import { Menu } from '#ui/Menu.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { type Shape, useDefinitions } from './definitions.ts'
import { meaningLabels } from './meaningLabels.ts'
import { StageForm } from './StageForm.tsx'
import { useShapeWrite } from './shaping.ts'
import { stagePageWords } from './stagePageWords.ts'
import { candidatesIn, openMachine, swapped, type Way, waysIn } from './ways.ts'
import './fields.css'
import './stages.css'

/** The ways that records go: every field with stages, as a table of what leads where. */
export const StagesPage = ({ shapes }: { shapes: readonly Shape[] }) => {
  const w = useMessages(stagePageWords)
  const { data, error, refetch } = useDefinitions()
  usePageTitle(w.stages)
  if (error && !data) return <Failure failure={error} onRetry={() => refetch()} />
  if (!data) return <SkeletonText lines={6} />
  return (
    <div className="page-body fields-page">
      <p className="quiet">{w.lead}</p>
      {waysIn(shapes, data).map((way) => (
        <WayTable key={way.id} way={way} />
      ))}
      <Turn candidates={candidatesIn(shapes, data)} />
    </div>
  )
}

const nameIn = ({ zh, en }: Label): Label => ({ zh, en: en || zh })

/** What is changed without a form: the order, and whether these are stages at all. */
const useQuickWrite = () => {
  const toast = useToast()
  const say = useFailureWords()
  const write = useShapeWrite()
  return (change: Parameters<typeof write.mutate>[0], done: string) =>
    write.mutate(change, {
      onSuccess: () => toast({ text: done }),
      onError: (problem) => toast({ tone: 'failed', text: say(problem) }),
    })
}

const WayTable = ({ way }: { way: Way }) => {
  const w = useMessages(stagePageWords)
  const label = useLabel()
  const quick = useQuickWrite()
  const [open, setOpen] = useState<Stage | 'new'>()
  const { id, version, machine, field, entity } = way
  const title = w.of(label(entity.label), label(field.label))
  const swap = (place: number, other: number) =>
    quick({ do: 'stages', id, version, machine: swapped(machine, place, other) }, w.moved)
  return (
    <section>
      <header className="settings-head">
        <h2>{title}</h2>
        <span className="head-ways">
          {field.custom && (
            <Button
              icon={<RotateCcw />}
              onClick={() =>
                quick({ do: 'plainChoice', id, version }, w.plainDone(label(field.label)))
              }
            >
              {w.plain}
            </Button>
          )}
          <Button icon={<Plus />} onClick={() => setOpen('new')}>
            {w.add}
          </Button>
        </span>
      </header>
      <div className="stage-scroll">
        <table className="stage-table" aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{w.stage}</th>
              <th scope="col">{w.counts}</th>
              <th scope="col">{w.to}</th>
              <th scope="col">{w.needs}</th>
              <th scope="col">
                <span className="unseen">{w.open}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {machine.stages.map((stage, place) => (
              <StageRow
                key={stage.value}
                way={way}
                stage={stage}
                onOpen={() => setOpen(stage)}
                onUp={place > 0 ? () => swap(place, place - 1) : undefined}
                onDown={
                  place < machine.stages.length - 1 ? () => swap(place, place + 1) : undefined
                }
              />
            ))}
          </tbody>
        </table>
      </div>
      {open && (
        <StageForm
          way={way}
          {...(open !== 'new' && { stage: open })}
          onClose={() => setOpen(undefined)}
        />
      )}
    </section>
  )
}

type RowProps = {
  way: Way
  stage: Stage
  onOpen: () => void
  onUp: (() => void) | undefined
  onDown: (() => void) | undefined
}

const StageRow = ({ way, stage, onOpen, onUp, onDown }: RowProps) => {
  const w = useMessages(stagePageWords)
  const label = useLabel()
  const { listed } = useMarks()
  const fields = useFields(way.entity)
  const name = label(nameIn(stage.label))
  const to = namesOf(way.machine, way.machine.moves[stage.value] ?? []).map(label)
  const needs = stage.needs.flatMap((need) => {
    const field = fields[need]
    return field ? [label(field.label)] : []
  })
  return (
    <tr data-retired={stage.retired || undefined}>
      <th scope="row">
        <button type="button" className="link" onClick={onOpen}>
          {name}
        </button>
        {stage.retired && <span className="quiet">{w.retired}</span>}
        {way.field.initial === stage.value && <span className="quiet">{w.first}</span>}
      </th>
      <td>{label(meaningLabels[stage.meaning].label)}</td>
      <td className={to.length > 0 ? undefined : 'quiet'}>{listed(to) || w.anywhere}</td>
      <td className={needs.length > 0 ? undefined : 'quiet'}>{listed(needs) || w.nothing}</td>
      <td>
        <Menu
          label={w.more(name)}
          items={[
            { key: 'edit', label: w.open, icon: <Pencil />, run: onOpen },
            {
              ...{ key: 'up', label: w.up, icon: <ArrowUp />, disabled: !onUp },
              ...(onUp && { run: onUp }),
            },
            {
              ...{ key: 'down', label: w.down, icon: <ArrowDown />, disabled: !onDown },
              ...(onDown && { run: onDown }),
            },
          ]}
        >
          <button type="button" className="icon-button" aria-label={w.more(name)}>
            <Ellipsis />
          </button>
        </Menu>
      </td>
    </tr>
  )
}

/** In the order of the stages, whatever the order in which they were ticked. */
const namesOf = ({ stages }: Machine, values: readonly string[]): Label[] =>
  stages.flatMap((each) =>
    values.includes(each.value) && !each.retired ? [nameIn(each.label)] : [],
  )

const Turn = ({ candidates }: { candidates: ReturnType<typeof candidatesIn> }) => {
  const w = useMessages(stagePageWords)
  const label = useLabel()
  const quick = useQuickWrite()
  if (candidates.length === 0) return <p className="quiet stage-turn">{w.turnNone}</p>
  return (
    <p className="stage-turn">
      <Menu
        label={w.turn}
        placement="bottomLeft"
        items={candidates.map(({ entity, id, field, version }) => ({
          key: id,
          label: w.of(label(entity.label), label(field.label)),
          run: () =>
            quick(
              { do: 'stages', id, version, machine: openMachine(field) },
              w.turned(label(field.label)),
            ),
        }))}
      >
        <Button icon={<Workflow />}>{w.turn}</Button>
      </Menu>
    </p>
  )
}
