package com.example.signin.support;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The objects that a garbage collection leaves. Unlike the heap's used memory, nothing of
 * what threads have reserved to allocate from is counted with them.
 *
 * @param classes the number, the instances, the bytes and the name of each class; at last
 * the total
 */
public record LiveObjects(List<List<String>> classes) {

	/**
	 * Collects the garbage and counts what is left.
	 */
	public static LiveObjects count() {
		try {
			Object histogram = ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
						new Object[] { new String[0] }, new String[] { String[].class.getName() });
			return new LiveObjects(histogram.toString()
				.lines()
				.map((line) -> Stream.of(line.strip().split("\\s+", -1)).toList())
				.filter((columns) -> columns.size() > 2)
				.toList());
		}
		catch (JMException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public long bytes() {
		List<String> total = this.classes.get(this.classes.size() - 1);
		return Long.parseLong(total.get(2));
	}

	public long instancesOf(Collection<String> classNames) {
		return this.classes.stream()
			.filter((columns) -> columns.size() > 3 && classNames.contains(columns.get(3)))
			.mapToLong((columns) -> Long.parseLong(columns.get(1)))
			.sum();
	}

}
