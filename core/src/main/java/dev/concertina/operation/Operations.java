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
			.with(CreateFunction.class)
			.with(CreateIndex.class)
			.with(CreateSequence.class)
			.with(CreateTable.class)
			.with(CreateTrigger.class)
			.with(CreateView.class)
			.with(DropColumn.class)
			.with(DropConstraint.class)
			.with(DropDefault.class)
			.with(DropFunction.class)
			.with(DropIndex.class)
			.with(DropNotNull.class)
			.with(DropSequence.class)
			.with(DropTable.class)
			.with(DropTrigger.class)
			.with(DropView.class)
			.with(EnumToLookup.class)
			.with(ExtractJsonArray.class)
			.with(ExtractJsonObject.class)
			.with(FillColumns.class)
			.with(ListToArray.class)
			.with(ListToTable.class)
			.with(MergeColumns.class)
			.with(MergeTable.class)
			.with(MoveColumns.class)
			.with(PartitionTable.class)
			.with(RebuildIndex.class)
			.with(RenameColumn.class)
			.with(RenameConstraint.class)
			.with(RenameIndex.class)
			.with(RenameTable.class)
			.with(ReplaceIndex.class)
			.with(ReplaceView.class)
			.with(SetComment.class)
			.with(SetDefault.class)
			.with(SetNotNull.class)
			.with(SplitColumn.class)
			.with(SplitTable.class)
			.with(Sql.class)
			.with(WidenKey.class);
	}

}
