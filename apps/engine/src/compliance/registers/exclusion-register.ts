/** The port to a register of self-excluded people. */
import type { Result } from "@pitboss/domain/kernel/result";

/** What a register compares by. */
export interface RegisterPerson {
  readonly firstName: string;
  readonly lastName: string;
  /** ISO date. */
  readonly birthDate: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: string | null;
}

export interface RegisterAnswer {
  readonly excluded: boolean;
  /** The register's own name of its answer, which it is asked for in a dispute. */
  readonly reference: string | null;
}

/** Failures are REGISTER_UNAVAILABLE. */
export interface ExclusionRegister {
  readonly code: string;
  readonly name: string;
  ask(person: RegisterPerson): Promise<Result<RegisterAnswer>>;
  /** In the order of the people; as many as the register takes at once or fewer. */
  askMany(people: readonly RegisterPerson[]): Promise<Result<readonly RegisterAnswer[]>>;
  readonly mostAtOnce: number;
}
