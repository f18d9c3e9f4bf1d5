package dev.concertina.story;

/**
 * What the endpoint could tell, made up, where it takes long to bring an application
 * there.
 */
final class Answers {

	private static final String PROGRESS = """
			{ "fraction": %s, "units": 1000, "unitsDone": 433, "rows": 1234567, "batches": 3210, "rowsPerSecond": %s,
			  "secondsLeft": %s }""";

	private Answers() {
	}

	static String change(String phase, String status, String reason, String more) {
		return """
				{ "id": "split_order_items", "version": "12", "phase": "%s", "status": "%s", "reason": %s,
				  "since": "2026-11-01T10:00:00Z", "readShare": 0, "approvedBy": null,
				  "tuning": { "workers": null, "batchTime": null, "pause": null },
				  "backfill": %s, "verify": %s, "poisonRows": 2, "signals": [], "objections": [], "pause": null %s }"""
			.formatted(phase, status, reason, PROGRESS.formatted("0.433", "12345.6", "754"),
					PROGRESS.formatted("0", "null", "null"), more);
	}

	static String all(String change, String more) {
		return "{ \"changes\": [%s] %s }".formatted(change, more);
	}

	static String details(String change, String text) {
		return """
				{ "change": %s,
				  "mismatches": [{ "table": "%2$s", "key": "%2$s", "kind": "%2$s" }],
				  "poisonRows": [{ "table": "%2$s", "key": "%2$s", "error": "%2$s", "attempts": 3,
				                   "triedAt": "2026-11-01T10:00:00Z" }],
				  "history": [{ "at": "2026-11-01T10:00:00Z", "actor": "%2$s", "from": "%2$s", "to": "%2$s",
				                "reason": "%2$s" }] }""".formatted(change, text);
	}

}
