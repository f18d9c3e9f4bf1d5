package dev.concertina.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.awaitility.core.ConditionTimeoutException;

/**
 * A JVM of its own beside the test, which can be killed as a crash would do it.
 */
public final class ChildJvm {

	private final Process process;

	private final ChildOutput output;

	private ChildJvm(Process process, ChildOutput output) {
		this.process = process;
		this.output = output;
	}

	static ChildJvm start(JvmLaunch launch) {
		try {
			ChildOutput output = ChildOutput.of(launch);
			Process process = new ProcessBuilder(launch.command()).redirectErrorStream(true)
				.redirectOutput(output.file().toFile())
				.start();
			return new ChildJvm(process, output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public long pid() {
		return this.process.pid();
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Returns the file with everything that the child has printed.
	 */
	public Path output() {
		return this.output.file();
	}

	/**
	 * Returns the complete lines that the child has printed so far.
	 */
	public List<String> lines() {
		return this.output.lines();
	}

	/**
	 * Waits until the child has printed such a line and returns the first one.
	 */
	public String awaitLine(Predicate<String> wanted, Duration timeout) {
		awaitThat("the line", () -> this.output.firstLine(wanted).isPresent() || !isAlive(), timeout);
		return this.output.firstLine(wanted)
			.orElseThrow(() -> new AssertionError("The child ended without the line" + story()));
	}

	/**
	 * Waits until the child ends by itself and returns its exit status.
	 */
	public int awaitExit(Duration timeout) {
		awaitThat("its end", () -> !isAlive(), timeout);
		return this.process.exitValue();
	}

	/**
	 * Ends the child at once, as SIGKILL does, and waits until it is gone.
	 */
	public void kill() {
		this.process.destroyForcibly();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				throw new AssertionError("Process %d survived being killed".formatted(pid()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Asks the child to end, as an orchestrator does.
	 */
	public void terminate() {
		this.process.destroy();
	}

	/**
	 * Stops the child as a long garbage collection would, until it is resumed; POSIX
	 * only.
	 */
	public void pause() {
		signal("STOP");
	}

	public void resume() {
		signal("CONT");
	}

	private void signal(String signal) {
		try {
			Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).inheritIO().start();
			if (kill.waitFor() != 0) {
				throw new AssertionError("Process %d did not take SIG%s".formatted(pid(), signal));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void awaitThat(String what, Callable<Boolean> condition, Duration timeout) {
		try {
			Patience.await().pollInterval(Duration.ofMillis(10)).atMost(timeout).until(condition);
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError("Waited %d s in vain for %s%s".formatted(timeout.toSeconds(), what, story()), ex);
		}
	}

	private String story() {
		return "; it printed to " + this.output;
	}

}
