package dev.concertina.actuate;

import dev.concertina.Steering;
import dev.concertina.change.ChangeId;
import dev.concertina.state.Tuning;

/**
 * What the endpoint can do with a change, as {@link Steering} does it.
 */
public enum SteeringAction {

	/** Stop it at its next batch border. */
	PAUSE {

		@Override
		void run(Steering steering, ChangeId id, String actor, String reason, Tuning tuning) {
			steering.pause(id, actor, reason);
		}

	},

	/** Let it go on, and try again what could not be copied. */
	RESUME {

		@Override
		void run(Steering steering, ChangeId id, String actor, String reason, Tuning tuning) {
			steering.resume(id, actor);
		}

	},

	/** Take the new structure away. */
	CANCEL {

		@Override
		void run(Steering steering, ChangeId id, String actor, String reason, Tuning tuning) {
			steering.rollBack(id, actor, reason);
		}

	},

	/** Set workers, time of a batch and pause; what is not given is as configured. */
	TUNE {

		@Override
		void run(Steering steering, ChangeId id, String actor, String reason, Tuning tuning) {
			steering.tune(id, tuning, actor);
		}

	},

	/** Compare both structures again. */
	VERIFY {

		@Override
		void run(Steering steering, ChangeId id, String actor, String reason, Tuning tuning) {
			steering.verify(id, actor);
		}

	},

	/** Copy again what the comparison has found to differ. */
	REPAIR {

		@Override
		void run(Steering steering, ChangeId id, String actor, String reason, Tuning tuning) {
			steering.repair(id, actor);
		}

	},

	/** Let it drop the old structure. */
	APPROVE {

		@Override
		void run(Steering steering, ChangeId id, String actor, String reason, Tuning tuning) {
			steering.approve(id, actor);
		}

	};

	abstract void run(Steering steering, ChangeId id, String actor, String reason, Tuning tuning);

}
