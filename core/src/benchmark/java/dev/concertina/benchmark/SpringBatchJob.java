package dev.concertina.benchmark;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reader and JDBC batches with chunks of 1000, and nothing but that: the job repository
 * costs no statement, so the job could not be restarted where it was.
 */
record SpringBatchJob(Workload workload, SpringBatchReader reader) implements Approach {

	static final int CHUNK = 1000;

	private static final JsonMapper JSON = new JsonMapper();

	@Override
	public String title() {
		return "Spring Batch, %s reader".formatted((this.reader == SpringBatchReader.PAGING) ? "paging" : "cursor");
	}

	@Override
	public Filling prepare(Copy copy) {
		this.workload.expand().forEach((sql) -> copy.jdbc().sql(sql).update());
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

	private Step step(JobRepository repository, DataSource dataSource) {
		return switch (this.workload) {
			case BIGINT_KEY, UUID_KEY -> step(repository, dataSource, "price, quantity", (row, number) -> List
				.of(new Object[][] { { row.getBigDecimal("price").multiply(BigDecimal.valueOf(row.getInt("quantity"))),
						row.getObject("id") } }),
					"UPDATE line SET total = ? WHERE id = ?");
			case JAVA_TASK -> step(repository, dataSource, "note",
					(row, number) -> List
						.of(new Object[][] { { DigestTask.digest(row.getString("note")), row.getObject("id") } }),
					"UPDATE line SET digest = ? WHERE id = ?");
			case JSON_ARRAY ->
				step(repository, dataSource, "items", (row, number) -> items(row.getLong("id"), row.getString("items")),
						"INSERT INTO item VALUES (?, ?, ?, ?, ?)");
		};
	}

	/**
	 * Read rows as the parameters of one statement or more.
	 */
	private Step step(JobRepository repository, DataSource dataSource, String columns, RowMapper<List<Object[]>> row,
			String sql) {
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		return new StepBuilder("fill", repository).<List<Object[]>, List<Object[]>>chunk(CHUNK)
			.reader(this.reader.of(dataSource, columns, row))
			.writer((chunk) -> jdbc.batchUpdate(sql, chunk.getItems().stream().flatMap(List::stream).toList()))
			.transactionManager(new JdbcTransactionManager(dataSource))
			.build();
	}

	private static List<Object[]> items(long id, String json) {
		List<Object[]> items = new ArrayList<>();
		for (JsonNode item : JSON.readTree(json)) {
			items.add(new Object[] { id, items.size() + 1, item.get("sku").asString(), item.get("quantity").asInt(),
					item.get("price").decimalValue() });
		}
		return items;
	}

}
