package dev.concertina.testing;

/**
 * Starts child JVMs for one test and ends them with it.
 */
public final class ChildJvms implements AutoCloseable {

	private final ClosedAtTheEnd children = new ClosedAtTheEnd();

	public ChildJvms() {
	}

	public ChildJvm start(JvmLaunch launch) {
		ChildJvm child = ChildJvm.start(launch);
		this.children.add(child::kill);
		return child;
	}

	@Override
	public void close() {
		this.children.close();
	}

}
