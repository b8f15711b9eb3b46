package com.example.pingone.setup;

import java.util.Arrays;
import java.util.Optional;

/**
 * The regions that PingOne documents, each with a top-level domain of its own.
 */
enum Region {

	NA("com"), CA("ca"), EU("eu"), AU("com.au"), SG("sg"), AP("asia");

	private final String topLevelDomain;

	Region(String topLevelDomain) {
		this.topLevelDomain = topLevelDomain;
	}

	/**
	 * Finds a region.
	 * @param name its code or its top-level domain
	 */
	static Optional<Region> of(String name) {
		return Arrays.stream(values())
			.filter((region) -> name.equalsIgnoreCase(region.name()) || name.equalsIgnoreCase(region.topLevelDomain))
			.findFirst();
	}

	String apiUrl() {
		return "https://api.pingone." + this.topLevelDomain + "/v1";
	}

	String authUrl() {
		return "https://auth.pingone." + this.topLevelDomain;
	}

}
