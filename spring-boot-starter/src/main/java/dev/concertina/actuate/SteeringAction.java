package dev.concertina.actuate;

import dev.concertina.Steering;
import dev.concertina.failure.ConcertinaException;

/**
 * What the endpoint can do with a change, as {@link Steering} does it.
 */
public enum SteeringAction {

	/** Stop it at its next batch border. */
	PAUSE {

		@Override
		void run(Steering steering, SteeringRequest request) {
			steering.pause(request.id(), request.actor(), request.reason());
		}

	},

	/** Let it go on, and try again what could not be copied. */
	RESUME {

		@Override
		void run(Steering steering, SteeringRequest request) {
			steering.resume(request.id(), request.actor());
		}

	},

	/** Take the new structure away: roll the change back. */
	CANCEL {

		@Override
		void run(Steering steering, SteeringRequest request) {
			steering.rollBack(request.id(), request.actor(), request.reason());
		}

	},

	/** Set workers, time of a batch and pause; what is not given is as configured. */
	TUNE {

		@Override
		void run(Steering steering, SteeringRequest request) {
			steering.tune(request.id(), request.tuning(), request.actor());
		}

	},

	/** Compare both structures again. */
	VERIFY {

		@Override
		void run(Steering steering, SteeringRequest request) {
			steering.verify(request.id(), request.actor());
		}

	},

	/** Copy again what the comparison has found to differ. */
	REPAIR {

		@Override
		void run(Steering steering, SteeringRequest request) {
			steering.repair(request.id(), request.actor());
		}

	},

	/** Copy again what could not be copied. */
	RETRY {

		@Override
		void run(Steering steering, SteeringRequest request) {
			steering.retry(request.id(), request.actor());
		}

	},

	/** Set the share of reads that go to the new structure. */
	READ_SHARE {

		@Override
		void run(Steering steering, SteeringRequest request) {
			if (request.readShare() == null) {
				throw new ConcertinaException("No share of the reads is given", "Send 'readShare', from 0 to 100.");
			}
			steering.readShare(request.id(), request.readShare(), request.actor());
		}

	},

	/** Say that no version needs the old structure any more. */
	APPROVE {

		@Override
		void run(Steering steering, SteeringRequest request) {
			steering.approve(request.id(), request.actor());
		}

	},

	/** Approve it, and tell what else keeps it from its contract. */
	CONTRACT {

		@Override
		void run(Steering steering, SteeringRequest request) {
			steering.contract(request.id(), request.actor());
		}

	},

	/** Bring the old structure back that is out of sight. */
	UNRETIRE {

		@Override
		void run(Steering steering, SteeringRequest request) {
			steering.unretire(request.id(), request.actor(), request.reason());
		}

	},

	/** Drop the old structure that is out of sight, without waiting longer. */
	DROP {

		@Override
		void run(Steering steering, SteeringRequest request) {
			steering.drop(request.id(), request.actor(), request.reason());
		}

	};

	abstract void run(Steering steering, SteeringRequest request);

}
