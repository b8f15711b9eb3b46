package com.example.signin.session;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.client.ClientAuthorizationRequiredException;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import com.example.signin.audit.RenewalFailed;
import com.example.signin.client.ErrorDescription;

/**
 * Renews the tokens of one session once at a time: PingOne revokes the whole family of a
 * refresh token that is used twice. Others that ask meanwhile wait for as long as one
 * call to the provider takes, and get what came of it. Who needs no renewal waits for
 * nobody.
 */
class OneRenewalAtATime implements OAuth2AuthorizedClientManager {

	private static final Log logger = LogFactory.getLog(OneRenewalAtATime.class);

	/** The framework renews this long before a token expires. */
	private static final Duration DUE_BEFORE_EXPIRY = Duration.ofSeconds(60);

	private static final Duration LONGEST_CALL = Duration.ofSeconds(6);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

	private static final String SIGN_IN_ASKED_FOR = OneRenewalAtATime.class.getName() + ".signInAskedFor";

	private static final int TURNS = 64;

	/** A session always meets the same one; a few share one. */
	private final Turn[] turns = Stream.generate(Turn::new).limit(TURNS).toArray(Turn[]::new);

	private final OAuth2AuthorizedClientManager manager;

	private final OAuth2AuthorizedClientRepository authorizedClients;

	private final ApplicationEventPublisher events;

	OneRenewalAtATime(OAuth2AuthorizedClientManager manager, OAuth2AuthorizedClientRepository authorizedClients,
			ApplicationEventPublisher events) {
		this.manager = manager;
		this.authorizedClients = authorizedClients;
		this.events = events;
	}

	/**
	 * The tokens, renewed where that is due; or those that are there when somebody else
	 * is still renewing them after as long as a call may take.
	 * @throws ClientAuthorizationRequiredException if the person has to sign in again,
	 * because there are no tokens or they are no longer good (RFC 6749 §5.2)
	 * @throws ClientAuthorizationException if they could not be renewed
	 */
	@Override
	public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizeRequest request) {
		HttpServletRequest servletRequest = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
			.getRequest();
		OAuth2AuthorizedClient present = this.authorizedClients.loadAuthorizedClient(request.getClientRegistrationId(),
				request.getPrincipal(), servletRequest);
		if (present != null && !isDue(present)) {
			return present;
		}
		String session = servletRequest.getSession().getId();
		Turn turn = this.turns[Math.floorMod(session.hashCode(), TURNS)];
		if (!turn.take()) {
			return present;
		}
		try {
			turn.repeatFailureOf(session);
			OAuth2AuthorizedClient renewed = turn.renewalOf(present);
			return (renewed != null) ? renewed : renew(request, servletRequest, present, turn);
		}
		finally {
			turn.giveBack();
		}
	}

	private @Nullable OAuth2AuthorizedClient renew(OAuth2AuthorizeRequest request, HttpServletRequest servletRequest,
			@Nullable OAuth2AuthorizedClient present, Turn turn) {
		try {
			OAuth2AuthorizedClient renewed = this.manager.authorize(request);
			turn.remember(present, renewed);
			return renewed;
		}
		catch (ClientAuthorizationRequiredException ex) {
			throw ex;
		}
		catch (ClientAuthorizationException ex) {
			logger.warn("Renewal failed: " + ErrorDescription.of(ex));
			this.events.publishEvent(new RenewalFailed(request.getPrincipal().getName(), ErrorDescription.failure(ex)));
			HttpSession session = servletRequest.getSession();
			boolean tokensAreGone = this.authorizedClients.loadAuthorizedClient(request.getClientRegistrationId(),
					request.getPrincipal(), servletRequest) == null;
			if (tokensAreGone && ex.getCause() instanceof OAuth2AuthenticationException) {
				// A wrong ID token: nothing more is asked of this provider unless the
				// person wants it again.
				throw ex;
			}
			if (tokensAreGone && !hasJustSignedInForThis(session)) {
				session.setAttribute(SIGN_IN_ASKED_FOR, Instant.now());
				throw new ClientAuthorizationRequiredException(request.getClientRegistrationId());
			}
			turn.remember(session.getId(), ex);
			throw ex;
		}
	}

	/**
	 * Else a provider that signs people in silently and renews nothing would send them
	 * round in circles.
	 */
	private static boolean hasJustSignedInForThis(HttpSession session) {
		return session.getAttribute(SIGN_IN_ASKED_FOR) instanceof Instant askedFor
				&& Instant.now().isBefore(askedFor.plus(DUE_BEFORE_EXPIRY));
	}

	private static boolean isDue(OAuth2AuthorizedClient client) {
		Instant expiresAt = client.getAccessToken().getExpiresAt();
		return expiresAt != null && Instant.now().isAfter(expiresAt.minus(DUE_BEFORE_EXPIRY));
	}

	/**
	 * The turn to renew, and what came of the last one: a session that is kept elsewhere
	 * is read once for a request, and shows nothing of what others do meanwhile.
	 */
	private static final class Turn {

		private final ReentrantLock lock = new ReentrantLock();

		private @Nullable String session;

		private @Nullable ClientAuthorizationException failure;

		private Instant failedAt = Instant.MIN;

		private @Nullable OAuth2RefreshToken redeemed;

		private @Nullable OAuth2AuthorizedClient renewed;

		boolean take() {
			try {
				return this.lock.tryLock(LONGEST_CALL.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

		void repeatFailureOf(String session) {
			if (this.failure != null && session.equals(this.session)
					&& Instant.now().isBefore(this.failedAt.plus(PAUSE_AFTER_FAILURE))) {
				throw this.failure;
			}
		}

		void remember(String session, ClientAuthorizationException failure) {
			this.session = session;
			this.failure = failure;
			this.failedAt = Instant.now();
		}

		@Nullable OAuth2AuthorizedClient renewalOf(@Nullable OAuth2AuthorizedClient present) {
			boolean isRenewed = present != null && this.renewed != null && present.getRefreshToken() != null
					&& present.getRefreshToken().equals(this.redeemed) && !isDue(this.renewed);
			return isRenewed ? this.renewed : null;
		}

		void remember(@Nullable OAuth2AuthorizedClient present, @Nullable OAuth2AuthorizedClient renewed) {
			this.redeemed = (present != null) ? present.getRefreshToken() : null;
			this.renewed = renewed;
		}

		void giveBack() {
			this.lock.unlock();
		}

	}

}
