package dev.concertina.benchmark;

import java.util.Map;

import javax.sql.DataSource;

import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.database.Order;
import org.springframework.batch.infrastructure.item.database.builder.JdbcCursorItemReaderBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcPagingItemReaderBuilder;
import org.springframework.jdbc.core.RowMapper;

/**
 * How Spring Batch reads a table.
 */
enum SpringBatchReader {

	/** A query a page, in the order of the key. */
	PAGING {

		@Override
		<T> ItemStreamReader<T> of(DataSource dataSource, String columns, RowMapper<T> row) {
			try {
				var reader = new JdbcPagingItemReaderBuilder<T>().name("lines")
					.dataSource(dataSource)
					.selectClause("SELECT id, " + columns)
					.fromClause("FROM line")
					.sortKeys(Map.of("id", Order.ASCENDING))
					.pageSize(SpringBatchJob.CHUNK)
					.rowMapper(row)
					.build();
				reader.afterPropertiesSet();
				return reader;
			}
			catch (Exception ex) {
				throw new IllegalStateException("Spring Batch has no reader", ex);
			}
		}

	},

	/** One query, on a connection of its own, fetched a chunk at a time. */
	CURSOR {

		@Override
		<T> ItemStreamReader<T> of(DataSource dataSource, String columns, RowMapper<T> row) {
			return new JdbcCursorItemReaderBuilder<T>().name("lines")
				.dataSource(dataSource)
				.sql("SELECT id, %s FROM line".formatted(columns))
				.fetchSize(SpringBatchJob.CHUNK)
				.connectionAutoCommit(false)
				.rowMapper(row)
				.build();
		}

	};

	abstract <T> ItemStreamReader<T> of(DataSource dataSource, String columns, RowMapper<T> row);

}
