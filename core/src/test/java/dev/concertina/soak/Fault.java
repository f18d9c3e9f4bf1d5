package dev.concertina.soak;

/**
 * What happens to a change while it runs.
 */
enum Fault {

	/** The process of an instance is killed, and another one starts. */
	INSTANCE_KILLED,

	/** An instance is asked to end, and another one starts. */
	INSTANCE_STOPPED,

	/** The process of an instance stands still, and goes on some seconds later. */
	INSTANCE_FROZEN,

	/** The sessions of an instance are terminated. */
	SESSIONS_TERMINATED,

	/** The server is stopped and started. */
	SERVER_RESTARTED,

	/** The server crashes and is started. */
	SERVER_CRASHED,

	/** The change is paused, and resumed some time later. */
	CHANGE_PAUSED,

	/** The number of workers, the batch time and the pause are set to others. */
	CHANGE_TUNED

}
