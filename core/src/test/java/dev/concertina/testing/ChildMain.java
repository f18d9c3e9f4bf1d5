package dev.concertina.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs a main class in a child JVM and ends the JVM when its parent is gone, however that
 * ended.
 */
public final class ChildMain {

	private ChildMain() {
	}

	public static void main(String[] args) throws Throwable {
		Thread watch = new Thread(ChildMain::endWithTheParent, "parent watch");
		watch.setDaemon(true);
		watch.start();
		Method main = Class.forName(args[0]).getDeclaredMethod("main", String[].class);
		main.setAccessible(true);
		try {
			main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static void endWithTheParent() {
		try {
			System.in.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			System.err.println("The parent's pipe broke: " + ex.getMessage());
		}
		Runtime.getRuntime().halt(1);
	}

}
