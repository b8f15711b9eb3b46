package com.example.signin.audit.trail;

import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.nimbusds.jose.util.JSONObjectUtils;

/**
 * Finds the audit trail among lines of plain text.
 */
final class AuditLines {

	private static final Pattern LINE = Pattern.compile("(?m)^\\S+ +INFO \\d+ --- (?:\\[[^]]*] ){3}audit +: (\\{.*})$");

	private AuditLines() {
	}

	/**
	 * All events of a type, in their order.
	 * @param output what was logged
	 */
	static List<Map<String, Object>> ofType(String type, CharSequence output) {
		return LINE.matcher(output)
			.results()
			.map(AuditLines::event)
			.filter((event) -> type.equals(event.get("type")))
			.toList();
	}

	/**
	 * The one event of a type.
	 * @param output what was logged
	 */
	static Map<String, Object> theOne(String type, CharSequence output) {
		List<Map<String, Object>> events = ofType(type, output);
		if (events.size() != 1) {
			throw new AssertionError(events.size() + " events of type " + type);
		}
		return events.get(0);
	}

	private static Map<String, Object> event(MatchResult line) {
		try {
			return JSONObjectUtils.parse(line.group(1));
		}
		catch (ParseException ex) {
			throw new AssertionError(line.group(), ex);
		}
	}

}
