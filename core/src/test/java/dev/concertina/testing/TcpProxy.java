package dev.concertina.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * A network between an application and its server that breaks when a transaction is
 * committed: the one moment at which the application can't know what has happened.
 */
public final class TcpProxy implements AutoCloseable {

	/** The text of the message, which ends with a zero. */
	private static final String COMMIT = "COMMIT\0";

	private final ServerSocket socket;

	private final int target;

	private final AtomicReference<@Nullable Cut> next = new AtomicReference<>();

	private final ClosedAtTheEnd opened = new ClosedAtTheEnd();

	private TcpProxy(ServerSocket socket, int target) {
		this.socket = socket;
		this.target = target;
	}

	/**
	 * Starts a proxy for a port of this machine.
	 */
	public static TcpProxy to(int target) {
		try {
			TcpProxy proxy = new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
			proxy.start(proxy::accept);
			return proxy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * Cuts the connection that commits next.
	 */
	public void cut(Cut how) {
		this.next.set(how);
	}

	/**
	 * Whether the connection was cut.
	 */
	public boolean hasCut() {
		return this.next.get() == null;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.opened.close();
	}

	private void accept() throws IOException {
		while (!this.socket.isClosed()) {
			Socket client = this.socket.accept();
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.opened.add(client::close);
			this.opened.add(server::close);
			AtomicReference<@Nullable Cut> cut = new AtomicReference<>();
			start(() -> forward(client, server, cut));
			start(() -> answer(server, client, cut));
		}
	}

	private void forward(Socket client, Socket server, AtomicReference<@Nullable Cut> cut) throws IOException {
		try (client; server) {
			InputStream in = client.getInputStream();
			OutputStream out = server.getOutputStream();
			byte[] buffer = new byte[8192];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				if (new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(COMMIT)) {
					cut.set(this.next.getAndSet(null));
				}
				if (cut.get() == Cut.BEFORE_THE_COMMIT) {
					return;
				}
				out.write(buffer, 0, read);
			}
		}
	}

	private static void answer(Socket server, Socket client, AtomicReference<@Nullable Cut> cut) throws IOException {
		try (server; client) {
			InputStream in = server.getInputStream();
			OutputStream out = client.getOutputStream();
			byte[] buffer = new byte[8192];
			for (int read = in.read(buffer); read >= 0 && cut.get() == null; read = in.read(buffer)) {
				out.write(buffer, 0, read);
			}
		}
	}

	private void start(Traffic traffic) {
		Thread thread = new Thread(() -> {
			try {
				traffic.run();
			}
			catch (IOException ex) {
				// one side has closed its connection, or the test is over
			}
		}, "proxy");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Where the connection breaks.
	 */
	public enum Cut {

		/** The server never hears of it, and rolls back. */
		BEFORE_THE_COMMIT,

		/** The server has committed, and nobody hears of it. */
		BEFORE_THE_ANSWER

	}

	@FunctionalInterface
	private interface Traffic {

		void run() throws IOException;

	}

}
