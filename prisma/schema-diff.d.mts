/** The SQL that leads from the migrations to schema.prisma; empty where they agree. */
export function schemaDiff(folder?: string): Promise<string>;
