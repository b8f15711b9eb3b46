package com.example.signin.session.redis;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.exc.InvalidTypeIdException;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.serializer.SerializationException;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Sessions that may not be there to be had. One that this version of the application
 * cannot read is left alone, since another version may; here its person counts as signed
 * out. So does everybody while Redis is down, and {@link SessionOutage} ends the requests
 * that need somebody.
 *
 * @param <S> the type of session
 */
class PatientSessions<S extends Session> implements SessionRepository<S> {

	private static final Log logger = LogFactory.getLog(PatientSessions.class);

	private final SessionRepository<S> sessions;

	private final SessionOutage outage;

	private final RareWarning unreadable;

	PatientSessions(SessionRepository<S> sessions, SessionOutage outage, RareWarning unreadable) {
		this.sessions = sessions;
		this.outage = outage;
		this.unreadable = unreadable;
	}

	@Override
	public @Nullable S findById(String id) {
		HttpServletRequest request = currentRequest();
		if (request != null && this.outage.isMetBy(request)) {
			return null;
		}
		try {
			return this.sessions.findById(id);
		}
		catch (SerializationException | ClassCastException | IllegalStateException ex) {
			this.unreadable.say("A session cannot be read, its person counts as signed out: " + reason(ex));
			return null;
		}
		catch (DataAccessException ex) {
			if (request == null) {
				throw ex;
			}
			this.outage.meet(ex, request);
			return null;
		}
	}

	@Override
	public void save(S session) {
		try {
			this.sessions.save(session);
		}
		catch (IllegalStateException ex) {
			logger.debug("Another request has ended the session already");
		}
	}

	@Override
	public S createSession() {
		return this.sessions.createSession();
	}

	@Override
	public void deleteById(String id) {
		this.sessions.deleteById(id);
	}

	/**
	 * There is none any more when Spring Session looks at the session for the last time.
	 */
	private static @Nullable HttpServletRequest currentRequest() {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
				? attributes.getRequest() : null;
	}

	/**
	 * Without values, which may be tokens.
	 */
	private static String reason(RuntimeException exception) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(exception);
		return (cause instanceof InvalidTypeIdException type) ? "it holds a " + type.getTypeId()
				: cause.getClass().getSimpleName();
	}

}
