package com.example.pingone.setup;

import java.io.PrintStream;

/**
 * What the person at the terminal reads: one line per step, more where there is more to
 * say.
 */
final class Console {

	private static final String INDENT = "  ";

	private static final int WIDTH = 16;

	private final PrintStream out;

	private String step = "";

	private boolean named;

	Console(PrintStream out) {
		this.out = out;
	}

	/**
	 * Prints text that may have several lines.
	 */
	void line(String text) {
		this.out.println(text.replaceAll("[\\p{C}&&[^\n]]", "?"));
	}

	/**
	 * Begins a step; its name is printed with the first thing that it has to say.
	 */
	void step(String name) {
		this.step = name;
		this.named = false;
	}

	void say(String text) {
		String name = this.named ? "" : this.step;
		this.named = true;
		this.out.println(INDENT + name + " ".repeat(WIDTH - name.length()) + harmless(text));
	}

	/**
	 * What others say must neither steer the terminal nor look like a line of ours.
	 */
	static String harmless(String text) {
		return text.replaceAll("\\p{C}", "?");
	}

	/**
	 * Says why there are no more steps.
	 */
	void failed(String problem, String remedy) {
		if (!this.step.isEmpty()) {
			say("failed");
			line("");
		}
		line(problem);
		line("");
		line(remedy);
	}

}
