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
			.with(AddCheck.class)
			.with(AddColumn.class)
			.with(AddExclusion.class)
			.with(AddForeignKey.class)
			.with(AddPrimaryKey.class)
			.with(AddUnique.class)
			.with(ChangeColumnType.class)
			.with(ConvertMoney.class)
			.with(ConvertToBoolean.class)
			.with(CreateIndex.class)
			.with(DropConstraint.class)
			.with(DropIndex.class)
			.with(EnumToLookup.class)
			.with(ExtractJsonArray.class)
			.with(ExtractJsonObject.class)
			.with(ListToArray.class)
			.with(MergeColumns.class)
			.with(RebuildIndex.class)
			.with(RenameColumn.class)
			.with(RenameConstraint.class)
			.with(RenameIndex.class)
			.with(ReplaceIndex.class)
			.with(SetNotNull.class)
			.with(SplitColumn.class)
			.with(SplitTable.class)
			.with(WidenKey.class);
	}

}
