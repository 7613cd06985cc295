/** How large a run is, by what the flags of the command line are called (`--kills 200`). */
export type Sizes = Readonly<Record<string, number>>;

export interface Run<Size extends string = string> {
  /** Of all chance in it: the same seed is the same run, as far as a killed process allows. */
  readonly seed: number;
  readonly sizes: Readonly<Record<Size, number>>;
}

export interface Outcome {
  /** What was counted and measured, in the order in which it is printed. */
  readonly figures: Readonly<Record<string, number | string>>;
  /** One sentence for each promise that did not hold; none: all held. */
  readonly broken: readonly string[];
}

/** One long proof: does harm to the real product, and looks whether what is promised still holds. */
export interface Scenario<Size extends string = string> {
  /** As it is called on the command line. */
  readonly name: string;
  /** What is promised, in a sentence. */
  readonly promise: string;
  /** Of a run that is asked for without sizes. */
  readonly usual: Readonly<Record<Size, number>>;
  run(run: Run<Size>): Promise<Outcome>;
}

/** A scenario with its sizes by their names, as a list of all can hold it. */
export interface AnyScenario extends Omit<Scenario, 'run' | 'usual'> {
  readonly usual: Sizes;
  run(seed: number, given: Partial<Sizes>): Promise<Outcome>;
}

/** Forgets which sizes a scenario has; what is not given is as usual. */
export function toAnyScenario<Size extends string>(scenario: Scenario<Size>): AnyScenario {
  const names = Object.keys(scenario.usual) as Size[];
  return {
    ...scenario,
    run: (seed, given) => {
      const sizes = Object.fromEntries(names.map((name) => [name, given[name] ?? scenario.usual[name]]));
      return scenario.run({ seed, sizes: sizes as Record<Size, number> });
    },
  };
}
