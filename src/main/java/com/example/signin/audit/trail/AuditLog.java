package com.example.signin.audit.trail;

import java.util.LinkedHashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AbstractAuditListener;
import org.springframework.boot.json.JsonWriter;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Writes audit events to the logger {@code audit}, as one JSON object each. A structured
 * log format, which is JSON itself, has it as the member {@code audit}; a line of plain
 * text has it as the message.
 */
@Component
class AuditLog extends AbstractAuditListener {

	private static final Logger logger = LoggerFactory.getLogger("audit");

	private static final JsonWriter<Map<String, Object>> JSON = JsonWriter.standard();

	private final boolean structured;

	AuditLog(@Value("${logging.structured.format.console:}") String structuredFormat) {
		this.structured = StringUtils.hasText(structuredFormat);
	}

	@Override
	protected void onAuditEvent(AuditEvent event) {
		if (logger.isInfoEnabled()) {
			Map<String, Object> entry = new LinkedHashMap<>();
			entry.put("time", event.getTimestamp());
			entry.put("type", event.getType());
			if (!event.getPrincipal().isEmpty()) {
				entry.put("sub", event.getPrincipal());
			}
			entry.putAll(event.getData());
			logger.atInfo()
				.addKeyValue("audit", entry)
				.log(this.structured ? event.getType() : JSON.writeToString(entry));
		}
	}

}
