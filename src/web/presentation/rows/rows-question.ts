import type { DeliveryFilter } from '../../../reporting/filter/delivery-filter';
import type { RowPage } from '../../../reporting/filter/row-page';

/** Which rows of a list are wanted, and which part of them. */
export interface RowsQuestion {
  readonly filter: DeliveryFilter;
  readonly page: RowPage;
}
