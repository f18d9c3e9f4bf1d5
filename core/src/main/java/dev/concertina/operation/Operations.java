package dev.concertina.operation;

import dev.concertina.change.OperationCatalog;

/**
 * The operations that come with Concertina.
 */
public final class Operations {

	private Operations() {
	}

	/**
	 * Return the names of all operations in YAML.
	 * @return a catalog, to which an application may add its own
	 */
	public static OperationCatalog catalog() {
		return OperationCatalog.empty()
			.with(AddColumn.class)
			.with(ChangeColumnType.class)
			.with(ConvertMoney.class)
			.with(ConvertToBoolean.class)
			.with(EnumToLookup.class)
			.with(ExtractJsonArray.class)
			.with(ExtractJsonObject.class)
			.with(ListToArray.class)
			.with(MergeColumns.class)
			.with(RenameColumn.class)
			.with(SetNotNull.class)
			.with(SplitColumn.class)
			.with(SplitTable.class)
			.with(WidenKey.class);
	}

}
