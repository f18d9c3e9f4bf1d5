package dev.concertina.change;

import java.util.List;

/**
 * The operations of a file.
 *
 * @param operations the operations in their order
 * @param lines the line of each
 */
record OperationList(List<Operation> operations, List<Integer> lines) {

	OperationList {
		operations = List.copyOf(operations);
		lines = List.copyOf(lines);
	}

}
