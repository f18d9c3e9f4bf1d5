package dev.concertina.throttle.signal;

import java.util.Set;

import javax.sql.DataSource;

import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

/**
 * How many full WAL segments wait to be archived.
 *
 * <p>
 * Told by the statistics of the archiver, which takes the oldest segment first and which
 * everybody may read; to count the files would need {@code pg_monitor}.
 */
public final class ArchiveBacklog implements Signal {

	/**
	 * A name of a segment has the timeline, the number of its 4 GB, and its number in
	 * them, 8 hexadecimal digits each.
	 */
	private static final String PENDING = """
			WITH segment AS (
			    SELECT pg_size_bytes(current_setting('wal_segment_size')) AS size
			), archiver AS (
			    SELECT CASE WHEN last_archived_wal ~ '^[0-9A-F]{24}' THEN last_archived_wal END AS archived,
			           CASE WHEN last_failed_wal ~ '^[0-9A-F]{24}' THEN last_failed_wal END AS failed
			      FROM pg_catalog.pg_stat_archiver
			), position AS (
			    SELECT ('x' || lpad(substr(archived, 9, 8), 16, '0'))::bit(64)::bigint * (4294967296 / size)
			               + ('x' || lpad(substr(archived, 17, 8), 16, '0'))::bit(64)::bigint AS archived,
			           ('x' || lpad(substr(failed, 9, 8), 16, '0'))::bit(64)::bigint * (4294967296 / size)
			               + ('x' || lpad(substr(failed, 17, 8), 16, '0'))::bit(64)::bigint AS failed,
			           floor(pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') / size) AS current
			      FROM segment, archiver)
			SELECT current_setting('archive_mode') <> 'off' AS archives,
			       (current - coalesce(archived + 1, failed))::bigint AS pending
			  FROM position""";

	private final Probe probe;

	private final Limit segments;

	/**
	 * Count what waits to be archived.
	 * @param dataSource the database
	 * @param segments the limit of full segments that wait; GitLab's is 42
	 */
	public ArchiveBacklog(DataSource dataSource, Limit segments) {
		this.probe = new Probe(dataSource);
		this.segments = segments;
	}

	@Override
	public Signal on(DataSource other) {
		return new ArchiveBacklog(other, this.segments);
	}

	@Override
	public String name() {
		return "archive backlog";
	}

	@Override
	public Advice read(Set<TableName> tables) {
		return this.probe.ask((jdbc) -> jdbc.sql(PENDING).query((row, number) -> {
			if (!row.getBoolean("archives")) {
				return Advice.goOn("the server does not archive");
			}
			Long pending = row.getObject("pending", Long.class);
			return (pending != null) ? judge(Math.max(0, pending))
					: Advice.unknown("the archiver has not archived anything yet");
		}).single());
	}

	private Advice judge(long pending) {
		return this.segments.judge((double) pending, "%d WAL segments wait to be archived (limit %s)".formatted(pending,
				Units.number(this.segments.slower())));
	}

}
