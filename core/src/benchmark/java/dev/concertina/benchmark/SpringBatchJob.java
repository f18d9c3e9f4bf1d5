package dev.concertina.benchmark;

import java.math.BigDecimal;
import java.util.Map;

import javax.sql.DataSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.JdbcPagingItemReader;
import org.springframework.batch.infrastructure.item.database.Order;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcPagingItemReaderBuilder;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A paging reader and a JDBC batch writer with chunks of 1000, and nothing but that: the
 * job repository costs no statement, so the job could not be restarted where it was.
 */
final class SpringBatchJob implements Approach {

	private static final int CHUNK = 1000;

	@Override
	public String title() {
		return "Spring Batch, chunk " + CHUNK;
	}

	@Override
	public Filling prepare(Copy copy) {
		copy.jdbc().sql(Lines.ADD_COLUMN).update();
		JobRepository repository = new ResourcelessJobRepository();
		Job job = new JobBuilder("fill", repository).start(step(repository, copy.dataSource())).build();
		return () -> Span.of(() -> start(repository, job));
	}

	private static void start(JobRepository repository, Job job) {
		try {
			TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
			operator.setJobRepository(repository);
			operator.setJobRegistry(new MapJobRegistry());
			operator.afterPropertiesSet();
			JobExecution execution = operator.start(job, new JobParameters());
			if (execution.getStatus() != BatchStatus.COMPLETED) {
				throw new IllegalStateException(String.valueOf(execution));
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException("Spring Batch failed", ex);
		}
	}

	private static Step step(JobRepository repository, DataSource dataSource) {
		return new StepBuilder("fill", repository).<Line, Line>chunk(CHUNK)
			.reader(reader(dataSource))
			.writer(writer(dataSource))
			.transactionManager(new JdbcTransactionManager(dataSource))
			.build();
	}

	private static JdbcPagingItemReader<Line> reader(DataSource dataSource) {
		try {
			JdbcPagingItemReader<Line> reader = new JdbcPagingItemReaderBuilder<Line>().name("lines")
				.dataSource(dataSource)
				.selectClause("SELECT id, price, quantity")
				.fromClause("FROM line")
				.sortKeys(Map.of("id", Order.ASCENDING))
				.pageSize(CHUNK)
				.rowMapper((row, number) -> new Line(row.getLong("id"), row.getBigDecimal("price"),
						row.getInt("quantity")))
				.build();
			reader.afterPropertiesSet();
			return reader;
		}
		catch (Exception ex) {
			throw new IllegalStateException("Spring Batch has no reader", ex);
		}
	}

	private static JdbcBatchItemWriter<Line> writer(DataSource dataSource) {
		JdbcBatchItemWriter<Line> writer = new JdbcBatchItemWriterBuilder<Line>().dataSource(dataSource)
			.sql("UPDATE line SET total = ? WHERE id = ?")
			.itemPreparedStatementSetter((line, statement) -> {
				statement.setBigDecimal(1, line.total());
				statement.setLong(2, line.id());
			})
			.build();
		writer.afterPropertiesSet();
		return writer;
	}

	private record Line(long id, BigDecimal price, int quantity) {

		BigDecimal total() {
			return this.price.multiply(BigDecimal.valueOf(this.quantity));
		}

	}

}
