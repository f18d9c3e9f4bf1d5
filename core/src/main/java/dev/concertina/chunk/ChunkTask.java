package dev.concertina.chunk;

import java.util.Map;

import dev.concertina.change.ChangeId;
import dev.concertina.plan.Phase;
import dev.concertina.plan.RowOrder;
import dev.concertina.schema.TableName;

/**
 * A table to be gone over, chunk by chunk, by any number of workers of any number of
 * instances.
 *
 * @param change the change that it is for
 * @param phase the phase, in which the change must be running
 * @param step the number of the step in the phase
 * @param table the table
 * @param order in which order its rows are gone over
 * @param inPlace whether its rows are overwritten, for which a range of blocks is gone
 * over in several passes, each time for other rows of every block
 * @param settings settings of the transaction of each batch
 * @param work what to do with each range
 * @param maxPoisonRows how many rows that can't be worked on are set aside; more stop the
 * work
 */
public record ChunkTask(ChangeId change, Phase phase, int step, TableName table, RowOrder order, boolean inPlace,
		Map<String, String> settings, ChunkWork work, int maxPoisonRows) {

	public ChunkTask {
		settings = Map.copyOf(settings);
	}

	/**
	 * Return what its rows in the state are found by: change, phase and step.
	 */
	Object[] id() {
		return new Object[] { this.change.value(), this.phase.name(), this.step };
	}

}
