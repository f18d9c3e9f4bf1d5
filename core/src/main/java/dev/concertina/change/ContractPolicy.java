package dev.concertina.change;

/**
 * Who lets a change drop the old structure, once nothing else objects.
 */
public enum ContractPolicy {

	/** A person, by an approval that is stored with a name and a time. */
	APPROVAL,

	/** Nobody needs to be asked. */
	AUTOMATIC

}
