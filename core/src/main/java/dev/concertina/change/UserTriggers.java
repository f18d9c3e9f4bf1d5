package dev.concertina.change;

/**
 * What the copy of existing rows means to the triggers of users.
 */
public enum UserTriggers {

	/** They fire, as at any other write. */
	FIRE,

	/**
	 * They don't fire, nor do those of foreign keys. Those that are enabled for replicas
	 * fire.
	 */
	BYPASS

}
